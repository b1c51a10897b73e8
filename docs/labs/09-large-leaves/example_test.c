/* SPDX-License-Identifier: MIT */
/*
 * Examples of large leaves: one case for each check of the lab, named like the check. A case whose
 * leaf this architecture does not have is skipped. They are yours to read and to extend. The grader
 * has tests of its own, with other ranges.
 *
 * What is mapped are holes of the machine: nothing reads or writes there.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/ioremap.h>
#include <mm/tests/mapping_check.h>
#include <mm/vmalloc.h>

#define LOW  0x10000000ULL
#define HIGH 0x8000000000ULL

/* On the host nothing has called vmalloc_init(). */
static int setup(struct kunit *test)
{
#ifdef CONFIG_HOST
	static bool runs;

	if (!runs)
		vmalloc_init();
	runs = true;
#endif
	return 0;
}

/* The row of the leaf table that maps size bytes, or NULL, and the case is skipped. */
static const struct leaf_type *leaf_of(struct kunit *test, unsigned long size)
{
	const struct leaf_type *leaf = leaf_types;

	while (leaf->size > size)
		leaf++;
	if (leaf->size == size)
		return leaf;
	kunit_skip(test, "this architecture has no such leaf");
	return NULL;
}

/* Maps the range, and compares each page with what is asked for, and the first leaf's size. */
static unsigned long map_and_check(struct kunit *test, phys_addr_t phys, unsigned long size,
				   unsigned long leaf)
{
	unsigned long addr = (unsigned long)ioremap(phys, size);

	KUNIT_EXPECT_TRUE(test, addr != 0);
	if (!addr)
		return 0;
	KUNIT_EXPECT_EQ(test, translate(addr).size, leaf);
	KUNIT_EXPECT_EQ(test, translate(addr + size - 1).phys, phys + size - 1);
	return addr;
}

static void leaves(struct kunit *test)
{
	unsigned long run;

	if (!leaf_of(test, SZ_2M))
		return;
	KUNIT_EXPECT_EQ(test, pick_leaf(SZ_2M, LOW, SZ_2M, &run)->size, (unsigned long)SZ_2M);
	KUNIT_EXPECT_EQ(test, pick_leaf(SZ_4K, LOW, SZ_2M, &run)->size, PAGE_SIZE);
}

/* The first mapping leaves an empty table where the leaf of the second one goes. */
static void displace(struct kunit *test)
{
	void __iomem *pages = ioremap(LOW + PAGE_SIZE, SZ_2M - PAGE_SIZE);
	const struct leaf_type *leaf = leaf_of(test, SZ_2M);
	unsigned long addr;

	iounmap(pages);
	if (!leaf)
		return;
	addr = map_and_check(test, LOW, SZ_2M, leaf->needs & LEAF_WHOLE_RANGE ? SZ_1M : SZ_2M);
	KUNIT_EXPECT_EQ(test, addr, (unsigned long)pages);
	iounmap((void __iomem *)addr);
}

static void blocks(struct kunit *test)
{
	unsigned long addr;

	if (!leaf_of(test, SZ_1G))
		return;
	addr = map_and_check(test, HIGH, SZ_1G + SZ_4M, SZ_1G);
	KUNIT_EXPECT_EQ(test, translate(addr + SZ_1G + SZ_2M).size, (unsigned long)SZ_2M);
	iounmap((void __iomem *)addr);
}

static void levels(struct kunit *test)
{
	void __iomem *pages;
	unsigned long addr;

	if (!leaf_of(test, SZ_1G))
		return;
	pages = ioremap(HIGH + PAGE_SIZE, SZ_1G - PAGE_SIZE);
	iounmap(pages);
	addr = map_and_check(test, HIGH, SZ_1G, SZ_1G);
	KUNIT_EXPECT_EQ(test, addr, (unsigned long)pages);
	iounmap((void __iomem *)addr);
}

static void reach(struct kunit *test)
{
	if (!leaf_of(test, SZ_16M))
		return;
	KUNIT_EXPECT_NULL(test, arch_ioremap_refusal(HIGH, SZ_16M));
	KUNIT_EXPECT_NOT_NULL(test, arch_ioremap_refusal(HIGH, SZ_4K));
}

static void super(struct kunit *test)
{
	unsigned long addr, pos;

	if (!leaf_of(test, SZ_16M))
		return;
	addr = map_and_check(test, HIGH, SZ_16M, SZ_16M);
	for (pos = 0; addr && pos < SZ_16M; pos += SZ_1M)
		KUNIT_EXPECT_EQ(test, translate(addr + pos).phys, HIGH + pos);
	iounmap((void __iomem *)addr);
}

static void pairs(struct kunit *test)
{
	const struct leaf_type *leaf = leaf_of(test, SZ_2M);
	unsigned long addr;

	if (!leaf || !(leaf->needs & LEAF_WHOLE_RANGE)) {
		kunit_skip(test, "this architecture has no pairs");
		return;
	}
	addr = map_and_check(test, LOW, SZ_4M, SZ_1M);
	iounmap((void __iomem *)addr);
	expect_hole(test, addr, addr + SZ_4M);
}

static const struct kunit_case lab9_cases[] = {
	KUNIT_CASE(leaves), KUNIT_CASE(displace), KUNIT_CASE(blocks), KUNIT_CASE(levels),
	KUNIT_CASE(reach),  KUNIT_CASE(super),    KUNIT_CASE(pairs),  {},
};

static const struct kunit_suite lab9 = { .name = "lab9", .init = setup, .cases = lab9_cases };
kunit_test_suite(lab9);
