/* SPDX-License-Identifier: MIT */
/*
 * For tests of I/O mappings: is every page of a range translated as it must be, and is nothing
 * else? The answers come from mm/tests/translation.h. Each function notes the first wrong page
 * only.
 */
#pragma once

#include <asm/memlayout.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/tests/translation.h>

/* What a page must be besides writable, shared, global, of the kernel alone and never executed. */
static inline const char *io_page_error(const struct translation *t, phys_addr_t phys,
					enum memory_kind memory)
{
	if (!t->size)
		return "is not mapped";
	if (t->phys != phys)
		return "is mapped elsewhere";
	if (t->memory != memory)
		return "has another memory type";
	if (!t->write || !t->global || !t->shared)
		return "is not writable, global or shared";
	return t->execute || t->user ? "may be executed or is the user's" : NULL;
}

/* [addr, addr + size) leads to phys and on; by pages if leaf is PAGE_SIZE, else by leaf_rule(). */
static inline void expect_io_leaves(struct kunit *test, unsigned long addr, phys_addr_t phys,
				    unsigned long size, enum memory_kind memory, unsigned long leaf)
{
	unsigned long pos;

	for (pos = 0; pos < size; pos += PAGE_SIZE) {
		struct translation t = translate(addr + pos);
		unsigned long wanted = leaf ?: leaf_rule(addr, phys, size, pos);
		const char *error = io_page_error(&t, phys + pos, memory);

		if (!error && t.size != wanted)
			error = "is part of a leaf of the wrong size";
		if (error) {
			KUNIT_FAIL(test, "0x%lx, 0x%lx behind the start, %s: 0x%llx, leaf 0x%lx",
				   addr + pos, pos, error, t.phys, t.size);
			return;
		}
	}
}

static inline void expect_io(struct kunit *test, const volatile void __iomem *io, phys_addr_t phys,
			     unsigned long size, enum memory_kind memory)
{
	expect_io_leaves(test, (unsigned long)io & PAGE_MASK,
			 ALIGN_DOWN(phys, (phys_addr_t)PAGE_SIZE), size, memory, 0);
}

/* Nothing of [start, end) is mapped. */
static inline void expect_hole(struct kunit *test, unsigned long start, unsigned long end)
{
	for (; start < end; start += PAGE_SIZE) {
		if (translate(start).size) {
			KUNIT_FAIL(test, "0x%lx is mapped", start);
			return;
		}
	}
}
