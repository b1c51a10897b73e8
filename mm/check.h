/* SPDX-License-Identifier: MIT */
/*
 * Declares the checker: the rules that must hold between two calls of the memory management.
 *
 * It looks at areas, the tables of vmalloc space, free pages and slabs, and changes nothing. It is
 * for tests, for the stress of several processors and for a shell. Nothing else may map, unmap or
 * allocate meanwhile, or a rule may be broken for a moment. Process context.
 *
 * Linux has checks of its data structures at many places, as options of the build: CONFIG_DEBUG_VM,
 * CONFIG_DEBUG_PAGEALLOC, slub_debug=, DEBUG_AUGMENT_PROPAGATE_CHECK in mm/vmalloc.c.
 */
#pragma once

#include <kernel/lib/types.h>

/* What a check has found: the first rule that is broken, and the address where; or NULL. */
struct mm_check {
	const char *error;
	unsigned long addr;
};

/* Notes what is broken, unless something was before. */
static inline void mm_check_fail(struct mm_check *check, const char *error, unsigned long addr)
{
	if (check->error)
		return;
	check->error = error;
	check->addr = addr;
}

/* All rules. */
struct mm_check mm_check(void);

/* The tree and the list of areas: order, balance, neighbours, gaps. Takes their lock. */
void check_areas(struct mm_check *check);

/* Areas and the tables of vmalloc space and module space agree. Takes the lock of areas. */
void check_tables(struct mm_check *check);

/* The lists of free blocks, and the state of all pages. Takes the zones' locks. */
void check_free_pages(struct mm_check *check);

/* Slabs, their free objects and their counts (mm/slab.c). Takes the caches' locks. */
void check_slabs(struct mm_check *check);

/* What is in use, to be compared before and after some work. */
struct mm_census {
	unsigned long areas; /* a sum over the addresses of all busy areas */
	unsigned long pages; /* free, or kept as tables and slabs for later */
	unsigned long slabs; /* the pages of slabs among them */
};

struct mm_census mm_take_census(void);

/* Returns what is not as before, in words, or NULL. Each cache may have kept one slab more. */
const char *mm_compare_census(const struct mm_census *before, const struct mm_census *after);
