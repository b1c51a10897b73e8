/* SPDX-License-Identifier: MIT */
/*
 * Declares the steps by which boot sets up memory, in mm and in the architecture.
 *
 * Each is called once, on one processor. arch/<name>/mmu.c has those for which no other file is
 * named.
 *
 * Linux counterpart: arch/<name>/mm/mmu.c, init.c
 */
#pragma once

#include <kernel/lib/types.h>

struct map_desc;

/* Removes memory from memblock, with a message, that no page table entry can name. */
void arch_trim_memory(void);

/*
 * Computes the borders of the linear map from the memory left, removes memory that it cannot map,
 * and reserves the image. Panics when there is too little memory.
 */
void arch_memblock_init(void);

/*
 * Maps the linear map, calls map_io (unless NULL) to map static tables with iotable_init(), and
 * removes boot's identity map. Afterwards every page of lowmem is mapped, and no page is writable
 * and executable.
 */
void paging_init(void (*map_io)(void));

/*
 * Maps one row of a static table in swapper_pg_dir; tables come from memblock.
 */
void create_mapping(const struct map_desc *row);

/* Prints "Virtual kernel memory layout:" (mm/describe.c). After arch_memblock_init(). */
void mem_layout_show(void);

/*
 * Unmaps boot's code and data, or makes them not executable, and frees their pages. Right before
 * the first process.
 */
void free_initmem(void);
