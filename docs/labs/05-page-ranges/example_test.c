/* SPDX-License-Identifier: MIT */
/*
 * Examples of how a range is mapped: one case for each check of the lab, named like the check. They
 * are yours to read and to extend. The grader has tests of its own, with other ranges.
 *
 * In the kernel, the cases that need a log of what is stored, or a panic, have nothing to do.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/page.h>
#include <mm/tests/translation.h>
#include <mm/vmalloc.h>
#include <mm/vmap_range.h>

#define DEVICE 0x10000000ULL

/* An area with a border of PMD_SIZE in the middle. */
static struct vm_struct *area;
static unsigned long border;

static int setup(struct kunit *test)
{
#ifdef CONFIG_HOST
	static bool vmalloc_runs;

	if (!vmalloc_runs)
		vmalloc_init();
	vmalloc_runs = true;
#endif
	area = get_vm_area_caller(2 * PMD_SIZE, VM_MAP, (void *)setup);
	if (!area)
		return -ENOMEM;
	border = ALIGN((unsigned long)area->addr + PAGE_SIZE, PMD_SIZE);
	return 0;
}

static void leave(struct kunit *test)
{
	vunmap_range((unsigned long)area->addr, (unsigned long)area->addr + 2 * PMD_SIZE);
	free_vm_area(area);
}

static int map_device(unsigned long start, unsigned long end)
{
	return ioremap_page_range(start, end, DEVICE, FIXMAP_PAGE_IO);
}

static void borders(struct kunit *test)
{
	unsigned long start = border - PAGE_SIZE, end = border + PAGE_SIZE;

	KUNIT_EXPECT_EQ(test, map_device(start, end), 0);
	KUNIT_EXPECT_EQ(test, translate(start).phys, DEVICE);
	KUNIT_EXPECT_EQ(test, translate(border).phys, DEVICE + PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, translate(end).size, 0UL);
}

static void pages(struct kunit *test)
{
	struct page *two[] = { alloc_page(GFP_KERNEL), alloc_page(GFP_KERNEL) };
	unsigned long start = border - PAGE_SIZE, end = border + PAGE_SIZE;

	KUNIT_ASSERT_TRUE(test, two[0] && two[1]);
	KUNIT_EXPECT_EQ(test, vmap_pages_range(start, end, PAGE_KERNEL, two, PAGE_SHIFT), 0);
	KUNIT_EXPECT_EQ(test, translate(start).phys, page_to_phys(two[0]));
	KUNIT_EXPECT_EQ(test, translate(border).phys, page_to_phys(two[1]));
	vunmap_range(start, end);
	__free_page(two[0]);
	__free_page(two[1]);
}

static void busy(struct kunit *test)
{
	struct page *two[] = { alloc_page(GFP_KERNEL), alloc_page(GFP_KERNEL) };
	unsigned long start = border - PAGE_SIZE, end = border + PAGE_SIZE;

	KUNIT_ASSERT_TRUE(test, two[0] && two[1]);
	KUNIT_EXPECT_EQ(test, map_device(border, end), 0);
	KUNIT_EXPECT_EQ(test, vmap_pages_range(start, end, PAGE_KERNEL, two, PAGE_SHIFT), -EBUSY);
	KUNIT_EXPECT_EQ(test, translate(start).size, 0UL);
	KUNIT_EXPECT_EQ(test, translate(border).phys, DEVICE);
	vunmap_range(border, end);
	__free_page(two[0]);
	__free_page(two[1]);
}

#ifdef CONFIG_HOST
#include <host.h>

static void order(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, map_device(border, border + PAGE_SIZE), 0);
	host_reset();
	KUNIT_EXPECT_EQ(test, map_device(border + PAGE_SIZE, border + 3 * PAGE_SIZE), 0);
	KUNIT_EXPECT_STREQ(test, host_log(), "make, vmap");
}

/* Addresses of their own, so that the last table is missing. */
static void failure(struct kunit *test)
{
	unsigned long start = border + SZ_64M;

	KUNIT_EXPECT_EQ(test, map_device(border, border + PAGE_SIZE), 0);
	page_alloc_fail_after(1);
	KUNIT_EXPECT_EQ(test, map_device(start, start + PAGE_SIZE), -ENOMEM);
	page_alloc_fail_after(0);
	KUNIT_EXPECT_EQ(test, translate(start).size, 0UL);
	KUNIT_EXPECT_EQ(test, map_device(start, start + PAGE_SIZE), 0);
	vunmap_range(start, start + PAGE_SIZE);
}

static unsigned long meanwhile;

/* In the place of the host's: another caller maps a page while a table is allocated. */
unsigned long get_zeroed_page(gfp_t gfp)
{
	unsigned long addr = meanwhile;

	meanwhile = 0;
	if (addr)
		map_device(addr, addr + PAGE_SIZE);
	return __get_free_pages(gfp | __GFP_ZERO, 0);
}

static void race(struct kunit *test)
{
	unsigned long start = border + SZ_32M;

	meanwhile = start + PAGE_SIZE;
	KUNIT_EXPECT_EQ(test, map_device(start, start + PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, translate(start).phys, DEVICE);
	KUNIT_EXPECT_EQ(test, translate(start + PAGE_SIZE).phys, DEVICE);
	vunmap_range(start, start + 2 * PAGE_SIZE);
}

static void map_nothing(void *unused)
{
	map_device(border, border);
}

static void empty(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, host_panics(map_nothing, NULL));
}
#else
static void skip(struct kunit *test)
{
	kunit_skip(test, "on the host only");
}
#define order   skip
#define failure skip
#define race    skip
#define empty   skip
#endif

static const struct kunit_case lab5_cases[] = {
	{ .run_case = order, .name = "order" },
	{ .run_case = failure, .name = "failure" },
	{ .run_case = race, .name = "race" },
	{ .run_case = empty, .name = "empty" },
	KUNIT_CASE(borders),
	KUNIT_CASE(pages),
	KUNIT_CASE(busy),
	{},
};

static const struct kunit_suite lab5 = {
	.name = "lab5",
	.init = setup,
	.exit = leave,
	.cases = lab5_cases,
};
kunit_test_suite(lab5);
