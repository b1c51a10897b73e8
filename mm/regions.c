/* SPDX-License-Identifier: MIT */
/*
 * Looks an address up in the list of regions, and prints that list at boot.
 * Linux counterpart: mem_init() in arch/arm/mm/init.c, which printed the layout until 5.0
 */
#include <kernel/base/printk.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <mm/mm_init.h>
#include <mm/regions.h>

#define ADDR_WIDTH ((int)(2 * sizeof(long)))

const struct region *find_region(unsigned long addr)
{
	const struct region *region, *found = NULL;

	for_each_region(region)
		if (addr >= region->start && addr < region->end)
			found = region;
	return found;
}

/* Sizes are printed in the largest unit that leaves no remainder, down to kB. */
static const struct {
	unsigned long size;
	const char *name;
} units[] = {
	{ SZ_1G, "GB" },
	{ SZ_1M, "MB" },
	{ SZ_1K, "kB" },
};

static void print_row(const struct region *region)
{
	unsigned long size = region->end - region->start;
	unsigned int i = 0;

	while (i < ARRAY_SIZE(units) - 1 && size % units[i].size)
		i++;
	pr_info("  %9s : 0x%0*lx - 0x%0*lx   (%6lu %s)\n", region->name, ADDR_WIDTH, region->start,
		ADDR_WIDTH, region->end, size / units[i].size, units[i].name);
}

void mem_layout_show(void)
{
	const struct region *region;

	pr_info("Virtual kernel memory layout:\n");
	for_each_region(region)
		if (region->name)
			print_row(region);
}
