/* SPDX-License-Identifier: MIT */
/*
 * What boot asks of mm and of the architecture, on one processor, once. What has no other file
 * named is implemented in arch/<name>/mmu.c.
 *
 * Linux counterpart: arch/<name>/mm/mmu.c, init.c
 */
#pragma once

#include <kernel/lib/types.h>

struct map_desc;

/* Memory is in memblock: leaves out, with a message, what no page table entry can name. */
void arch_trim_memory(void);

/*
 * Derives the borders of the linear map from what is left and leaves out what it cannot show;
 * reserves the image. Panics when there is too little memory to go on.
 */
void arch_memblock_init(void);

/*
 * Maps the linear map, then whatever map_io (NULL: nothing) maps with iotable_init(); drops boot's
 * identity map. Afterwards every page of lowmem has a pointer, and nothing is writable and
 * executable.
 */
void paging_init(void (*map_io)(void));

/*
 * Maps one row of a static table in swapper_pg_dir; tables come from memblock.
 */
void create_mapping(const struct map_desc *row);

/* Prints "Virtual kernel memory layout:" (mm/describe.c). After arch_memblock_init(). */
void mem_layout_show(void);

/*
 * Unmaps boot's code and data, or takes the right to execute them, and gives their pages back to
 * the page allocator. Right before the first process.
 */
void free_initmem(void);
