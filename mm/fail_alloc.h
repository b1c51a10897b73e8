/* SPDX-License-Identifier: MIT */
/*
 * Lets a test choose which call of an allocator fails, so that it can take every error path.
 *
 * The counters have no lock: while one runs, no other code should allocate.
 *
 * Linux counterpart: lib/fault-inject.c, mm/failslab.c, mm/fail_page_alloc.c
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

/* Calls left until the one that fails; 0: off. */
extern unsigned int kmalloc_failure_in;
extern unsigned int page_alloc_failure_in;

/*
 * Make the n-th next kmalloc(), or page allocation, fail once; 1 is the next call, 0 cancels.
 */
void kmalloc_fail_after(unsigned int n);
void page_alloc_fail_after(unsigned int n);

/* For the allocators: whether this is the call that fails. */
static inline bool should_fail_alloc(unsigned int *failure_in)
{
	return unlikely(*failure_in) && --*failure_in == 0;
}

/* The same for nr calls at once: how many of them come before the one that fails; nr if none. */
static inline unsigned long allocs_before_failure(unsigned int *failure_in, unsigned long nr)
{
	unsigned long i;

	for (i = 0; unlikely(*failure_in) && i < nr; i++)
		if (should_fail_alloc(failure_in))
			return i;
	return nr;
}
