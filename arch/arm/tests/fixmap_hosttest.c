/* SPDX-License-Identifier: MIT */
/*
 * Which pairs of first-level entries the fixmap's tables hang in: the slots' and the vectors', and
 * no other but those of the device tree's window, once it is made of pages. Part of the program of
 * mm/tests/fixmap_hosttest.c, which makes the tables.
 */
#include <asm/pgtable.h>
#include <kernel/base/kunit.h>
#include <mm/tests/translation.h>

/* The second pair, at the end of the address space, has some slots, and the vectors page. */
static void vectors_have_a_table(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, translate(VECTORS_BASE).hole, PAGE_SIZE);
}

/* One pair too many would wrap around to the user's address 0. */
static void no_other_pair_has_one(struct kunit *test)
{
	const u32 *words = (const u32 *)swapper_pg_dir;
	unsigned long addr;

	for (addr = 0; addr < FDT_FIXED_BASE; addr += SECTION_SIZE)
		if ((words[addr >> SECTION_SHIFT] & 3) == 1)
			KUNIT_FAIL(test, "0x%lx has a table", addr);
}

static const struct kunit_case fixmap_tables_cases[] = {
	KUNIT_CASE(vectors_have_a_table),
	KUNIT_CASE(no_other_pair_has_one),
	{},
};

static const struct kunit_suite fixmap_tables_suite = {
	.name = "fixmap_tables",
	.cases = fixmap_tables_cases,
};
kunit_test_suite(fixmap_tables_suite);
