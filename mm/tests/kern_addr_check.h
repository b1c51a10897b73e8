/* SPDX-License-Identifier: MIT */
/*
 * For tests: do kern_addr_valid() and kernel_pte() say of an address what the processor's own walk
 * says (mm/tests/translation.h)?
 */
#pragma once

#include <asm/pgtable.h>
#include <kernel/base/kunit.h>
#include <mm/pagewalk.h>
#include <mm/tests/translation.h>

static inline const char *kern_addr_error(unsigned long addr)
{
	struct translation t = translate(addr);
	bool has_entry = (t.size ?: t.hole) == PAGE_SIZE;
	pte_t *ptep = kernel_pte(addr);

	if (kern_addr_valid(addr) != (t.size != 0))
		return t.size ? "translates, but is not valid" : "is valid, but does not translate";
	if (has_entry != (ptep != NULL))
		return has_entry ? "has a page entry that is not found"
				 : "has no page entry, but one was found";
	if (ptep && t.size ? pte_pfn(*ptep) != t.phys >> PAGE_SHIFT : ptep && !pte_none(*ptep))
		return "has another page entry than the one found";
	return NULL;
}

/* Looks at both ends of [start, end), at both neighbours, and at each MiB between them. */
static inline void expect_kern_addr(struct kunit *test, unsigned long start, unsigned long end)
{
	const unsigned long ends[] = { start - 1, start, end - 1, end };
	const char *error = NULL;
	unsigned long addr = start, i;

	for (i = 0; i < 4 && !error; i++)
		error = kern_addr_error(addr = ends[i]);
	for (i = start; i < end && !error; i += SZ_1M)
		error = kern_addr_error(addr = i);
	if (error)
		KUNIT_FAIL(test, "0x%lx of 0x%lx-0x%lx %s", addr, start, end, error);
}
