/* SPDX-License-Identifier: MIT */
/*
 * The memory types. Everything an I/O mapping may be is shareable and never executable;
 * Device-nGnRE keeps accesses apart, in order and exact, and lets only the acknowledgement of a
 * write come early.
 *
 * Source: Arm ARM (DDI 0487) B2.7, "Memory types and attributes".
 * Linux counterpart: arch/arm64/include/asm/io.h
 */
#include <asm/mem_type.h>

const struct mem_type mem_types[NR_MEM_TYPES] = {
	[MT_DEVICE] = { "MT_DEVICE", { PROT_DEVICE_nGnRE } },
	[MT_DEVICE_NONSHARED] = { "MT_DEVICE_NONSHARED", { PROT_DEVICE_nGnRE } },
	[MT_DEVICE_CACHED] = { "MT_DEVICE_CACHED", { PROT_NORMAL } },
	[MT_DEVICE_WC] = { "MT_DEVICE_WC", { PROT_NORMAL_NC } },
	[MT_UNCACHED] = { "MT_UNCACHED", { PROT_DEVICE_nGnRnE } },
	[MT_MEMORY_RWX] = { "MT_MEMORY_RWX", { PROT_NORMAL & ~PTE_PXN } },
	[MT_MEMORY_RW] = { "MT_MEMORY_RW", { PROT_NORMAL } },
	[MT_ROM] = { "MT_ROM", { (PROT_NORMAL | PTE_RDONLY) & ~PTE_PXN } },
	[MT_MEMORY_RWX_NONCACHED] = { "MT_MEMORY_RWX_NONCACHED", { PROT_NORMAL_NC & ~PTE_PXN } },
};
