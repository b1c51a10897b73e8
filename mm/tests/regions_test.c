/* SPDX-License-Identifier: MIT */
/*
 * The list of regions as it stands in this kernel: whole, in order, and with a row for every page
 * that is mapped. In the kernel only, because the list names parts of its image.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/string.h>
#include <mm/address_space.h>
#include <mm/pagewalk.h>
#include <mm/regions.h>

static const struct region *row_named(const char *name)
{
	const struct region *region;

	for_each_region(region)
		if (region->name && !strcmp(region->name, name))
			return region;
	return NULL;
}

/* The last row is there: no row in between was taken for the end of the list. */
static void bounds_are_those_of_the_layout(struct kunit *test)
{
	const struct {
		const char *name;
		unsigned long start, end;
	} rows[] = {
		{ "vmalloc", VMALLOC_START, VMALLOC_END },
		{ "modules", MODULES_VADDR, MODULES_END },
		{ ".bss", (unsigned long)__bss_start, (unsigned long)__bss_stop },
	};
	const struct region *region;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		region = row_named(rows[i].name);
		KUNIT_ASSERT_NOT_NULL(test, region);
		KUNIT_EXPECT_EQ(test, region->start, rows[i].start);
		KUNIT_EXPECT_EQ(test, region->end, rows[i].end);
	}
	region = row_named("lowmem");
	KUNIT_ASSERT_NOT_NULL(test, region);
	KUNIT_EXPECT_EQ(test, region->end, (unsigned long)high_memory);
}

/* find_region() takes the last row that holds an address: that must be the innermost. */
static void inner_rows_stand_below_outer_ones(struct kunit *test)
{
	const struct region *one, *below;

	for_each_region(one) {
		KUNIT_EXPECT_LT(test, one->start, one->end);
		for (below = one + 1; below->sentence; below++) {
			bool apart = below->end <= one->start || below->start >= one->end;
			bool inside = below->start >= one->start && below->end <= one->end;

			if (!apart && !inside)
				KUNIT_FAIL(test,
					   "\"%s\" is neither apart from \"%s\" nor inside it",
					   below->sentence, one->sentence);
		}
	}
}

static void innermost_row_is_found(struct kunit *test)
{
	const struct region *region;

	for_each_region(region) {
		const struct region *first = find_region(region->start);
		const struct region *last = find_region(region->end - 1);

		KUNIT_EXPECT_TRUE(test, first && first >= region && first->start == region->start);
		KUNIT_EXPECT_TRUE(test, last && last >= region && last->end == region->end);
	}
	KUNIT_EXPECT_NULL(test, find_region(~0UL));
}

/* --- What is mapped lies in a region --- */

static int expect_region(struct mm_walk *walk, unsigned long addr, unsigned long next)
{
	struct kunit *test = walk->private;

	if (!find_region(addr) || !find_region(next - 1))
		KUNIT_FAIL(test, "0x%lx-0x%lx is mapped, and in no region", addr, next);
	return 0;
}

static int look_at_pud(pud_t *pudp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return pud_leaf(*pudp) ? expect_region(walk, addr, next) : 0;
}

static int look_at_pmd(pmd_t *pmdp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return pmd_leaf(*pmdp) ? expect_region(walk, addr, next) : 0;
}

static int look_at_pte(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return pte_none(*ptep) ? 0 : expect_region(walk, addr, next);
}

static void nothing_is_mapped_between_regions(struct kunit *test)
{
	static const struct mm_walk_ops ops = {
		.pud_entry = look_at_pud,
		.pmd_entry = look_at_pmd,
		.pte_entry = look_at_pte,
	};

	KUNIT_EXPECT_EQ(test, walk_page_range(&init_mm, KERNEL_HALF_START, 0, &ops, test), 0);
}

static const struct kunit_case regions_cases[] = {
	KUNIT_CASE(bounds_are_those_of_the_layout),
	KUNIT_CASE(inner_rows_stand_below_outer_ones),
	KUNIT_CASE(innermost_row_is_found),
	KUNIT_CASE(nothing_is_mapped_between_regions),
	{},
};

static const struct kunit_suite regions_suite = {
	.name = "regions",
	.cases = regions_cases,
};
kunit_test_suite(regions_suite);
