/* SPDX-License-Identifier: MIT */
/* Holds the two counters of mm/fail_alloc.h. */
#include <mm/fail_alloc.h>

unsigned int kmalloc_failure_in;
unsigned int page_alloc_failure_in;

void kmalloc_fail_after(unsigned int n)
{
	kmalloc_failure_in = n;
}

void page_alloc_fail_after(unsigned int n)
{
	page_alloc_failure_in = n;
}
