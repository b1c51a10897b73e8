/* SPDX-License-Identifier: MIT */
/*
 * I/O mappings made of first-level descriptors: sections, in pairs, and supersections. For a
 * kernel built for one processor only: another processor, in another address space, would go on
 * using its own copy of the entries until its next switch.
 *
 * Linux counterpart: arch/arm/mm/ioremap.c
 */
#pragma once

#include <asm/mem_type.h>
#include <kernel/lib/types.h>

#define SUPERSECTION_SIZE SZ_16M

/*
 * Rows of the leaf table (mm/ioremap.h): addr, phys and size are multiples of what one leaf maps.
 */
int remap_area_sections(unsigned long addr, phys_addr_t phys, unsigned long size,
			const struct mem_type *type);
int remap_area_supersections(unsigned long addr, phys_addr_t phys, unsigned long size,
			     const struct mem_type *type);

/*
 * Clears every pair of [addr, addr + size), a guard page at the end left aside, and drops the
 * translations. Every pair was mapped by sections or supersections.
 */
void unmap_area_sections(unsigned long addr, unsigned long size);
