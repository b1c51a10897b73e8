/* SPDX-License-Identifier: MIT */
/*
 * What an I/O mapping is made of on arm, and what it cannot reach.
 * Linux counterpart: arch/arm/mm/ioremap.c
 */
#include <kernel/lib/macros.h>
#include <mm/ioremap.h>
#include <mm/vmalloc.h>
#include <mm/vmap_range.h>

#include "sections.h"

#define PHYS_4G                phys_addr_limit
#define SUPERSECTION_PHYS_BITS 40

const struct leaf_type leaf_types[NR_LEAF_TYPES] = {
#if !CONFIG_SMP /* sections.h says why */
	{ "supersection of 16 MiB", SUPERSECTION_SIZE, PHYS_4G, LEAF_WHOLE_RANGE,
	  VM_ARM_SECTION_MAPPING, remap_area_supersections, unmap_area_sections },
	{ "section pair of 2 MiB", PMD_SIZE, 0, LEAF_WHOLE_RANGE, VM_ARM_SECTION_MAPPING,
	  remap_area_sections, unmap_area_sections },
#endif
	{ "small page of 4 KiB", PAGE_SIZE },
};

/* Pages and sections have 32 bits of physical address, supersections 40. */
const char *arch_ioremap_refusal(phys_addr_t phys, size_t size)
{
	phys_addr_t last = phys + size - 1; /* cannot wrap: find_refusal() has refused that */

	if (last < PHYS_4G)
		return NULL;
	if (CONFIG_SMP)
		return "from 4 GiB up only supersections reach, which a kernel for several "
		       "processors has not: start QEMU with -M virt,highmem=off";
	if (phys < PHYS_4G)
		return "the range crosses 4 GiB: below it is mapped by pages, above only by "
		       "supersections";
	if (!IS_ALIGNED(phys | size, SUPERSECTION_SIZE))
		return "from 4 GiB up only supersections reach: address and size must be multiples "
		       "of 16 MiB";
	if (last >> SUPERSECTION_PHYS_BITS)
		return "a supersection has 40 bits of physical address, fewer than that";
	return NULL;
}
