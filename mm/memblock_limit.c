/* SPDX-License-Identifier: MIT */
/*
 * Removes memory that the kernel must not use, because `mem=` says so or no mapping can reach it.
 *
 * Linux counterpart: mm/memblock.c, memblock_enforce_memory_limit()
 */
#include <kernel/base/printk.h>
#include <mm/memblock.h>

void memblock_leave_out(phys_addr_t start, phys_addr_t end, const char *why)
{
	const struct memblock_region *region;

	for_each_mem_region(region) {
		phys_addr_t low = max(region->base, start);
		phys_addr_t high = min(region->base + region->size, end);

		if (low < high)
			pr_warn("Memory 0x%llx-0x%llx left out: %s\n", low, high - 1, why);
	}
	memblock_remove(start, end - start);
}

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
