/* SPDX-License-Identifier: MIT */
/*
 * The end of lowmem, and the end of boot's own memory.
 * Linux counterpart: mm/mm_init.c (high_memory), arch/arm/mm/init.c (free_initmem)
 */
#include <kernel/base/init.h>
#include <kernel/base/sections.h>
#include <mm/gfp.h>
#include <mm/mm_init.h>

void *high_memory;

void free_initmem(void)
{
	arch_unmap_init_memory();
	free_reserved_area(__init_begin, __init_end, 0, "unused kernel image (initmem)");
}
