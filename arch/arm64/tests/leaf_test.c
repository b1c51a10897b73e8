/* SPDX-License-Identifier: MIT */
/*
 * How arm64 divides an ioremap() into runs of pages and blocks, and what it cannot reach. Pure
 * functions, tested as such.
 */
#include <asm/sysreg.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/ioremap.h>

#define MAX_RUNS 5

static const struct {
	unsigned long addr;
	phys_addr_t phys;
	unsigned long size;
	struct {
		unsigned long leaf, size;
	} runs[MAX_RUNS + 1];
} rows[] = {
	{ 0, 0, SZ_1G, { { SZ_1G, SZ_1G } } },
	{ 0, 0, SZ_1G - SZ_4K, { { SZ_2M, SZ_1G - SZ_2M }, { SZ_4K, SZ_2M - SZ_4K } } },
	{ 0, SZ_2M, SZ_1G, { { SZ_2M, SZ_1G } } },
	{ 0, SZ_4K, SZ_1G, { { SZ_4K, SZ_1G } } }, /* the two never agree */
	{ SZ_1G - SZ_2M, SZ_2M, UL(2) * SZ_1G, { { SZ_2M, UL(2) * SZ_1G } } },
	{ SZ_2M - SZ_4K,
	  SZ_2M - SZ_4K,
	  SZ_2M + 2 * SZ_4K,
	  { { SZ_4K, SZ_4K }, { SZ_2M, SZ_2M }, { SZ_4K, SZ_4K } } },
	{ SZ_1G - SZ_2M - SZ_4K,
	  SZ_1G - SZ_2M - SZ_4K,
	  SZ_1G + 2 * (SZ_2M + SZ_4K),
	  { { SZ_4K, SZ_4K },
	    { SZ_2M, SZ_2M },
	    { SZ_1G, SZ_1G },
	    { SZ_2M, SZ_2M },
	    { SZ_4K, SZ_4K } } },
};

/* The runs that follow each other must be these. */
static void runs_of_leaves(struct kunit *test)
{
	unsigned int i, n;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		unsigned long addr = rows[i].addr, left = rows[i].size, run;
		phys_addr_t phys = rows[i].phys;
		const struct leaf_type *leaf;

		for (n = 0; left; addr += run, phys += run, left -= run, n++) {
			leaf = pick_leaf(addr, phys, left, &run);
			KUNIT_ASSERT_TRUE(test, run && run <= left && n < MAX_RUNS);
			KUNIT_EXPECT_EQ(test, leaf->size, rows[i].runs[n].leaf);
			KUNIT_EXPECT_EQ(test, run, rows[i].runs[n].size);
		}
	}
}

/* No processor here has more than 48 bits. */
static void out_of_reach(struct kunit *test)
{
	KUNIT_EXPECT_NOT_NULL(test, arch_ioremap_refusal(1ULL << 48, PAGE_SIZE));
	KUNIT_EXPECT_NOT_NULL(test, arch_ioremap_refusal((1ULL << 48) - PAGE_SIZE, 2 * PAGE_SIZE));
	KUNIT_EXPECT_NOT_NULL(test, arch_ioremap_refusal(~0ULL << 12, PAGE_SIZE));
	KUNIT_EXPECT_NOT_NULL(test, arch_ioremap_refusal((1ULL << phys_addr_bits()) - 1, 2));
	KUNIT_EXPECT_NULL(test, arch_ioremap_refusal((1ULL << phys_addr_bits()) - 1, 1));
}

static const struct kunit_case leaf_cases[] = {
	KUNIT_CASE(runs_of_leaves),
	KUNIT_CASE(out_of_reach),
	{},
};

static const struct kunit_suite leaf_suite = {
	.name = "leaf",
	.cases = leaf_cases,
};
kunit_test_suite(leaf_suite);
