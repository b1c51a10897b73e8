/* SPDX-License-Identifier: MIT */
/*
 * The layout of the kernel's address space, printed at boot, and the end of boot's own memory.
 * Linux counterpart: arch/arm/mm/init.c (mem_init, the layout was printed until 5.x; free_initmem)
 */
#include <kernel/base/init.h>
#include <kernel/base/printk.h>
#include <kernel/base/sections.h>
#include <mm/gfp.h>
#include <mm/mm_init.h>

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
