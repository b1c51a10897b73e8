/* SPDX-License-Identifier: MIT */
/*
 * `mem=`: pretend that the machine has less memory.
 *
 * Linux counterpart: mm/memblock.c, memblock_enforce_memory_limit()
 */
#include <mm/memblock.h>

void memblock_enforce_memory_limit(phys_addr_t limit)
{
	const struct memblock_region *region;
	phys_addr_t left = limit, end;

	if (!limit || limit >= memblock_phys_mem_size())
		return;

	for_each_mem_region(region) {
		if (left <= region->size)
			break;
		left -= region->size;
	}
	end = region->base + left;
	memblock_remove(end, MEMBLOCK_ALLOC_ANYWHERE - end);
	memblock_phys_free(end, MEMBLOCK_ALLOC_ANYWHERE - end);
}
