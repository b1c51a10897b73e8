/* SPDX-License-Identifier: MIT */
/*
 * The layout of the kernel's address space, printed at boot, and the end of boot's own memory.
 * Linux counterpart: arch/arm/mm/init.c (mem_init, the layout was printed until 5.x; free_initmem)
 */
#include <kernel/base/init.h>
#include <kernel/base/printk.h>
#include <kernel/base/sections.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <mm/gfp.h>
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

void mem_layout_show(void)
{
	pr_info("Virtual kernel memory layout:\n");
	arch_layout_show();
	layout_row(".text", (unsigned long)_text, (unsigned long)_etext);
	layout_row(".rodata", (unsigned long)__start_rodata, (unsigned long)__end_rodata);
	layout_row(".init", (unsigned long)__init_begin, (unsigned long)__init_end);
	layout_row(".data", (unsigned long)_sdata, (unsigned long)_edata);
	layout_row(".bss", (unsigned long)__bss_start, (unsigned long)__bss_stop);
}

void free_initmem(void)
{
	arch_unmap_init_memory();
	free_reserved_area(__init_begin, __init_end, 0, "unused kernel image (initmem)");
}
