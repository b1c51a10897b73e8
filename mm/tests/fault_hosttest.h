/* SPDX-License-Identifier: MIT */
/* What arch/<name>/tests/fault_hosttest.c has for mm/tests/fault_hosttest.c: its PAR, and cases. */
#pragma once

#include <kernel/lib/types.h>

struct kunit;

/* The register's value for a page, as FIXMAP_PAGE_IO maps it; and for a fault of this status. */
u64 par_of_page(phys_addr_t phys);
u64 par_of_fault(unsigned int status);

/* ... for the page at the address itself, in its low 32 bits. */
u64 par_of_address(unsigned long addr);

/* The descriptor of a page, as it is stored. */
u64 raw_entry(unsigned long addr);

/* What else an answer may hold: a supersection, or a memory type. */
void more_than_a_page_is_decoded(struct kunit *test);

/* Where the processor tells the memory type, it must be the tables' own. */
void memory_types_are_compared(struct kunit *test);
