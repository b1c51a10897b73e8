/* SPDX-License-Identifier: MIT */
/*
 * The memory types, each at every level: a page, a table of such pages, a section, and the domain.
 * All device types live in DOMAIN_IO, which is 0 because a supersection's domain always is.
 *
 * Only the I/O types and MT_MEMORY_RW are asked for by name. The others are Linux's vocabulary,
 * with the bits that such memory has here. Memory of an RWX type may be executed and written. This
 * kernel maps no memory as both, so no code uses them.
 *
 * Source: ARMv7-A Arm ARM (DDI 0406) table B3-10, "TEX, C, and B encodings when TRE == 0".
 * Linux counterpart: mem_types[] in arch/arm/mm/mmu.c (there adjusted at boot to the processor
 * found).
 */
#include <asm/mem_type.h>

#define L1(domain) (PMD_TYPE_TABLE | PMD_DOMAIN(domain))
#define SECT       (PMD_TYPE_SECT | PMD_SECT_AP_WRITE | PMD_SECT_XN)
#define SECT_WC    (PROT_SECT_NORMAL & ~(PMD_SECT_C | PMD_SECT_B))

#define IO_TYPE(name, pte, sect)                 \
	{ name,                                  \
	  { PROT_PTE_DEVICE | (pte) },           \
	  L1(DOMAIN_IO),                         \
	  SECT | (sect) | PMD_DOMAIN(DOMAIN_IO), \
	  DOMAIN_IO }
#define KERNEL_TYPE(name, pte, sect) \
	{ name, { pte }, (pte) ? L1(DOMAIN_KERNEL) : 0, sect, DOMAIN_KERNEL }
#define ABSENT_TYPE(name, note) { name, { 0 }, 0, 0, DOMAIN_KERNEL, note }

const struct mem_type mem_types[NR_MEM_TYPES] = {
	[MT_DEVICE] =
		IO_TYPE("MT_DEVICE", PTE_MT_DEV_SHARED | PTE_EXT_SHARED, PMD_SECT_B | PMD_SECT_S),
	[MT_DEVICE_NONSHARED] =
		IO_TYPE("MT_DEVICE_NONSHARED", PTE_MT_DEV_NONSHARED, PMD_SECT_TEX(2)),
	[MT_DEVICE_CACHED] = IO_TYPE("MT_DEVICE_CACHED", PTE_MT_WRITEALLOC | PTE_EXT_SHARED,
				     PMD_SECT_TEX(1) | PMD_SECT_C | PMD_SECT_B | PMD_SECT_S),
	[MT_DEVICE_WC] =
		IO_TYPE("MT_DEVICE_WC", PTE_MT_WC | PTE_EXT_SHARED, PMD_SECT_TEX(1) | PMD_SECT_S),
	[MT_UNCACHED] = IO_TYPE("MT_UNCACHED", PTE_MT_UNCACHED, 0),
	[MT_CACHECLEAN] = ABSENT_TYPE("MT_CACHECLEAN", "ARMv7 has no cache that is cleaned by "
						       "reading: it has operations for that"),
	[MT_MINICLEAN] = ABSENT_TYPE("MT_MINICLEAN", "ARMv7 has no mini data cache: StrongARM and "
						     "XScale had"),
	[MT_LOW_VECTORS] = KERNEL_TYPE("MT_LOW_VECTORS", PROT_PTE_NORMAL | PTE_EXT_APX, 0),
	[MT_HIGH_VECTORS] = KERNEL_TYPE("MT_HIGH_VECTORS", PROT_PTE_NORMAL | PTE_EXT_APX, 0),
	[MT_MEMORY_RWX] = KERNEL_TYPE("MT_MEMORY_RWX", PROT_PTE_NORMAL, PROT_SECT_NORMAL),
	[MT_MEMORY_RW] =
		KERNEL_TYPE("MT_MEMORY_RW", PROT_PTE_NORMAL | PTE_EXT_XN, PROT_SECT_LOWMEM),
	[MT_ROM] = KERNEL_TYPE("MT_ROM", 0, PROT_SECT_NORMAL | PMD_SECT_APX),
	[MT_MEMORY_RWX_NONCACHED] = KERNEL_TYPE(
		"MT_MEMORY_RWX_NONCACHED", PROT_PTE_KERNEL | PTE_MT_WC | PTE_EXT_SHARED, SECT_WC),
	[MT_MEMORY_RW_DTCM] = KERNEL_TYPE("MT_MEMORY_RW_DTCM",
					  PROT_PTE_KERNEL | PTE_MT_WC | PTE_EXT_XN,
					  (SECT_WC | PMD_SECT_XN) & ~PMD_SECT_S),
	[MT_MEMORY_RWX_ITCM] = KERNEL_TYPE("MT_MEMORY_RWX_ITCM", PROT_PTE_KERNEL | PTE_MT_WC, 0),
};
