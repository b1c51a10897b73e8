/* SPDX-License-Identifier: MIT */
/* Where lowmem ends, and how boot prints a row of the layout. */
#include <asm/memlayout.h>
#include <kernel/base/printk.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <mm/mm_init.h>

void *high_memory;

/* Sizes are printed in the largest unit that leaves no remainder, down to kB. */
static const struct {
	unsigned long size;
	const char *name;
} units[] = {
	{ SZ_1G, "GB" },
	{ SZ_1M, "MB" },
	{ SZ_1K, "kB" },
};

void layout_row(const char *name, unsigned long start, unsigned long end)
{
	unsigned int i = 0;

	while (i < ARRAY_SIZE(units) - 1 && (end - start) % units[i].size)
		i++;
	pr_info("  %9s : 0x%0*lx - 0x%0*lx   (%6lu %s)\n", name, (int)(2 * sizeof(long)), start,
		(int)(2 * sizeof(long)), end, (end - start) / units[i].size, units[i].name);
}
