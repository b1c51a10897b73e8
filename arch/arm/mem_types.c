/* SPDX-License-Identifier: MIT */
/*
 * The memory types, each at every level: a page, a table of such pages, a section, and the domain.
 * All device types live in DOMAIN_IO, which is 0 because a supersection's domain always is.
 *
 * Source: ARMv7-A Arm ARM (DDI 0406) table B3-10, "TEX, C, and B encodings when TRE == 0".
 * Linux counterpart: mem_types[] in arch/arm/mm/mmu.c (there adjusted at boot to the processor
 * found).
 */
#include <asm/mem_type.h>
#include <kernel/lib/macros.h>

#define L1(domain) (PMD_TYPE_TABLE | PMD_DOMAIN(domain))
#define SECT       (PMD_TYPE_SECT | PMD_SECT_AP_WRITE | PMD_SECT_XN)
#define IO_TYPE(name, pte, sect)                                         \
	{                                                                \
		name, { PROT_PTE_DEVICE | (pte) }, L1(DOMAIN_IO),        \
			SECT | (sect) | PMD_DOMAIN(DOMAIN_IO), DOMAIN_IO \
	}

static const struct mem_type mem_types[NR_MEM_TYPES] = {
	[MT_DEVICE] =
		IO_TYPE("MT_DEVICE", PTE_MT_DEV_SHARED | PTE_EXT_SHARED, PMD_SECT_B | PMD_SECT_S),
	[MT_DEVICE_NONSHARED] =
		IO_TYPE("MT_DEVICE_NONSHARED", PTE_MT_DEV_NONSHARED, PMD_SECT_TEX(2)),
	[MT_DEVICE_CACHED] = IO_TYPE("MT_DEVICE_CACHED", PTE_MT_WRITEALLOC | PTE_EXT_SHARED,
				     PMD_SECT_TEX(1) | PMD_SECT_C | PMD_SECT_B | PMD_SECT_S),
	[MT_DEVICE_WC] =
		IO_TYPE("MT_DEVICE_WC", PTE_MT_WC | PTE_EXT_SHARED, PMD_SECT_TEX(1) | PMD_SECT_S),
	[MT_UNCACHED] = IO_TYPE("MT_UNCACHED", PTE_MT_UNCACHED, 0),
	[MT_MEMORY_RW] = { "MT_MEMORY_RW",
			   { PROT_PTE_NORMAL | PTE_EXT_XN },
			   L1(DOMAIN_KERNEL),
			   PROT_SECT_LOWMEM,
			   DOMAIN_KERNEL },
};

const struct mem_type *get_mem_type(unsigned int type)
{
	return type < ARRAY_SIZE(mem_types) ? &mem_types[type] : NULL;
}
