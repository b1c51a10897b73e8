/* SPDX-License-Identifier: MIT */
/*
 * Declares the limits on memory that is taken and kept at a user's request.
 *
 * Programs that grow, files in RAM and the bench are refused while some memory is left, the
 * reserve. Half of it may still be used to start programs, with their first 64 KiB of heap. So a
 * program can start that frees memory, or ends the one that took it.
 *
 * An answer is true only for the moment. free_empty_tables() is called before it is no. Process
 * context, without the areas' lock.
 *
 * Linux counterpart: the zone watermarks and tmpfs's size limit, which serve the same end.
 */
#pragma once

#include <kernel/lib/types.h>

/* Whether nr pages of low memory can be taken without touching the reserve. */
bool pages_to_spare(unsigned long nr);

/* The same for nr pages of a program that grows, with their tables; high memory counts too. */
bool pages_to_grow(unsigned long nr);

/* The same for a program that is started, which may use half of the reserve. */
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
 * Whether vmalloc space still has room for the stacks of a few more programs. They need addresses
 * besides memory, and on arm these run out first. Process context.
 */
bool vmalloc_space_to_spare(void);
