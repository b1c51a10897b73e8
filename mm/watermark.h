/* SPDX-License-Identifier: MIT */
/*
 * Limits for all that takes memory at a user's wish and keeps it. Programs that grow, files in RAM
 * and the bench are refused while some memory is left. Half of that may still be used to start
 * programs, with their first 64 KiB of heap. So there is room for the program that gives memory
 * back, or ends the one that took it.
 *
 * Each answer is a moment's. Before it is no, free_empty_tables() is called. Process context,
 * without the areas' lock.
 *
 * Linux counterpart: the zone watermarks and tmpfs's size limit, which serve the same end.
 */
#pragma once

#include <kernel/lib/types.h>

/* Can nr pages of low memory be taken, and the reserve stay untouched? */
bool pages_to_spare(unsigned long nr);

/* The same for nr pages of a program that grows, with their tables; high memory serves, too. */
bool pages_to_grow(unsigned long nr);

/* The same for a program that is started, from which half of the reserve is kept. */
bool pages_to_start(unsigned long nr);

/*
 * Frees the tables of vmalloc space that no area reaches into; returns how many pages those were.
 * Process context, without the areas' lock.
 */
unsigned long free_empty_tables(void);

/*
 * Returns how many tables a mapping by pages of [start, end), whole pages of vmalloc space, would
 * have to make. Any context.
 */
unsigned long missing_tables(unsigned long start, unsigned long end);

/*
 * Would the vmalloc space still hold the stacks of a few more programs? They need addresses besides
 * memory, and on arm the space is the first to end. Process context.
 */
bool vmalloc_space_to_spare(void);
