/* SPDX-License-Identifier: MIT */
/*
 * Examples of what ioremap() plans and does: one case for each check of the lab, named like the
 * check. They are yours to read and to extend. The grader has tests of its own, with other values.
 *
 * RAM is made up. The static window of 16 KiB at 0xa000000 is that of the virt machine.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/ioremap.h>
#include <mm/tests/memblock_fixture.h>
#include <mm/tests/translation.h>
#include <mm/vmalloc.h>

#define DEVICE 0x10000000ULL
#define RAM    0x40000000ULL
#define WINDOW 0x0a000000ULL

static int setup(struct kunit *test)
{
	memblock_fixture_init(test);
	memblock_add(RAM, SZ_16M);
	return 0;
}

static struct ioremap_plan make_plan(phys_addr_t phys, size_t size)
{
	struct ioremap_plan plan;

	ioremap_plan(&plan, phys, size, MT_DEVICE);
	return plan;
}

static void pages(struct kunit *test)
{
	struct ioremap_plan plan = make_plan(DEVICE + 0xffc, 8);

	KUNIT_EXPECT_EQ(test, plan.phys, DEVICE);
	KUNIT_EXPECT_EQ(test, plan.offset, 0xffcUL);
	KUNIT_EXPECT_EQ(test, plan.size, (size_t)2 * PAGE_SIZE);
}

static void refusals(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, make_plan(DEVICE, 0).refusal ?: "nothing", "the size is 0");
	KUNIT_EXPECT_NULL(test, make_plan(DEVICE, 1).refusal);
}

static void ram(struct kunit *test)
{
	KUNIT_EXPECT_NOT_NULL(test, make_plan(RAM, 1).refusal);
	KUNIT_EXPECT_NOT_NULL(test, make_plan(RAM - PAGE_SIZE, 2 * PAGE_SIZE).refusal);
	KUNIT_EXPECT_NULL(test, make_plan(RAM - PAGE_SIZE, PAGE_SIZE).refusal);
}

static void types(struct kunit *test)
{
	void __iomem *io = ioremap(DEVICE, PAGE_SIZE), *wc = ioremap_wc(DEVICE, PAGE_SIZE);

	KUNIT_ASSERT_TRUE(test, io && wc);
	KUNIT_EXPECT_EQ(test, translate((unsigned long)io).memory, MEMORY_DEVICE);
	KUNIT_EXPECT_EQ(test, translate((unsigned long)wc).memory, MEMORY_NONCACHED);
	iounmap(wc);
	iounmap(io);
}

/* Named like the check, which is a word of C. */
static void window(struct kunit *test)
{
	KUNIT_EXPECT_NOT_NULL(test, make_plan(WINDOW + 0x400, 0x200).static_vm);
	KUNIT_EXPECT_NULL(test, make_plan(WINDOW + 0x400, SZ_16K).static_vm);
}

static void leaves(struct kunit *test)
{
	unsigned long run;

	KUNIT_EXPECT_EQ(test, pick_leaf(0, DEVICE, PAGE_SIZE, &run)->size, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, run, PAGE_SIZE);
	KUNIT_EXPECT_GT(test, pick_leaf(0, DEVICE, SZ_2M, &run)->size, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, run, (unsigned long)SZ_2M);
}

static void act(struct kunit *test)
{
	void __iomem *io = ioremap(DEVICE + 0x123, 4);
	const struct vm_struct *area = find_vm_area((__force const void *)io);

	KUNIT_ASSERT_TRUE(test, io && area);
	KUNIT_EXPECT_EQ(test, (unsigned long)io & ~PAGE_MASK, 0x123UL);
	KUNIT_EXPECT_EQ(test, area->phys_addr, DEVICE);
	KUNIT_EXPECT_TRUE(test, area->flags & VM_IOREMAP);
	iounmap(io);
}

static const struct kunit_case lab7_cases[] = {
	KUNIT_CASE(pages),
	KUNIT_CASE(refusals),
	KUNIT_CASE(ram),
	KUNIT_CASE(types),
	{ .run_case = window, .name = "static" },
	KUNIT_CASE(leaves),
	KUNIT_CASE(act),
	{},
};

static const struct kunit_suite lab7 = {
	.name = "lab7",
	.init = setup,
	.exit = memblock_fixture_exit,
	.cases = lab7_cases,
};
kunit_test_suite(lab7);
