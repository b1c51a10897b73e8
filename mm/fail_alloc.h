/* SPDX-License-Identifier: MIT */
/*
 * Making memory run out on purpose: a test says that the n-th next call of an allocator shall fail,
 * once, and so walks through every way out of the code that it tests.
 *
 * The counts are not locked: while one runs, nobody else should allocate.
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
 * Let the n-th next kmalloc(), or call that allocates pages, fail; 1 is the next one, 0 calls it
 * off.
 */
void kmalloc_fail_after(unsigned int n);
void page_alloc_fail_after(unsigned int n);

/* For the allocators: is this the call that fails? */
static inline bool should_fail_alloc(unsigned int *failure_in)
{
	return unlikely(*failure_in) && --*failure_in == 0;
}
