/* SPDX-License-Identifier: MIT */
/*
 * Which entries the fixmap's tables hang in: one of the first level, one of the second, and in the
 * third those of the slots, beside the device tree's window. Part of the program of
 * mm/tests/fixmap_hosttest.c, which makes the tables.
 */
#include <asm/memory.h>
#include <asm/pgtable.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/bitops.h>
#include <mm/fixmap.h>

#define ENTRIES 512

/* The entry of an address in a table whose entries map 2^shift bytes each. */
static unsigned long entry_of(unsigned long addr, unsigned int shift)
{
	return addr >> shift & (ENTRIES - 1);
}

/* The table below the only entry that is not empty; it must be the entry `wanted`. */
static const u64 *only_table(struct kunit *test, const u64 *table, unsigned long wanted)
{
	const u64 *below = NULL;
	unsigned long i;

	for (i = 0; i < ENTRIES; i++) {
		if (!(table[i] & 3))
			continue;
		KUNIT_EXPECT_EQ(test, table[i] & 3, 3ULL);
		KUNIT_EXPECT_EQ(test, i, wanted);
		below = __va(table[i] & GENMASK_ULL(47, 12));
	}
	return below;
}

/* A table of pages for each 2 MiB that slots lie in, and no other below the window. */
static void one_way_leads_to_the_slots(struct kunit *test)
{
	unsigned long first = entry_of(FIXADDR_TOT_START, 21), i;
	const u64 *table = (const u64 *)swapper_pg_dir;

	table = only_table(test, table, entry_of(FIXADDR_TOP, 39));
	KUNIT_ASSERT_NOT_NULL(test, table);
	table = only_table(test, table, entry_of(FIXADDR_TOP, 30));
	KUNIT_ASSERT_NOT_NULL(test, table);
	for (i = 0; i < entry_of(FDT_FIXED_BASE, 21); i++)
		KUNIT_EXPECT_EQ(test, table[i] & 3, i < first ? 0ULL : 3ULL);
}

static const struct kunit_case fixmap_tables_cases[] = {
	KUNIT_CASE(one_way_leads_to_the_slots),
	{},
};

static const struct kunit_suite fixmap_tables_suite = {
	.name = "fixmap_tables",
	.cases = fixmap_tables_cases,
};
kunit_test_suite(fixmap_tables_suite);
