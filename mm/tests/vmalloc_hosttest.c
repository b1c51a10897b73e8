/* SPDX-License-Identifier: MIT */
/*
 * Nothing is lost: after each pair of calls, and after each failure on the way, every record and
 * every page was given back, and nothing warned. Only the host counts allocations.
 */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/page.h>
#include <mm/vmalloc.h>

/* Pages whose array of pointers fills a page. */
#define FULL_ARRAY (PAGE_SIZE / sizeof(struct page *))

static struct page *foreign[3];

static void *map_foreign(unsigned long pages)
{
	return vmap(foreign, pages, 0, PAGE_KERNEL);
}

static void *get_area(unsigned long pages)
{
	struct vm_struct *vm = get_vm_area_caller(pages * PAGE_SIZE, VM_IOREMAP, get_area);

	return vm ? vm->addr : NULL;
}

static void put_area(const void *addr)
{
	free_vm_area(find_vm_area(addr));
}

static void *allocate(unsigned long pages)
{
	return vmalloc(pages * PAGE_SIZE);
}

static const struct {
	void *(*get)(unsigned long pages);
	void (*put)(const void *addr);
	unsigned long pages;
} pairs[] = {
	{ allocate, vfree, 3 },
	{ allocate, vfree, FULL_ARRAY }, /* a longer array would have to be mapped */
	{ map_foreign, vunmap, 3 },
	{ get_area, put_area, 3 },
};

static void nothing_is_lost(struct kunit *test)
{
	unsigned int live, i;
	void *addr;

	for (i = 0; i < ARRAY_SIZE(foreign); i++)
		foreign[i] = alloc_page(GFP_KERNEL);
	live = host_live_allocations();
	host_reset();
	for (i = 0; i < ARRAY_SIZE(pairs); i++) {
		addr = pairs[i].get(pairs[i].pages);
		KUNIT_ASSERT_NOT_NULL(test, addr);
		KUNIT_EXPECT_GT(test, host_live_allocations(), live);
		pairs[i].put(addr);
		KUNIT_EXPECT_EQ(test, host_live_allocations(), live);
	}
	vfree(NULL);
	vunmap(NULL);
	KUNIT_EXPECT_EQ(test, host_warnings, 0U);
	for (i = 0; i < ARRAY_SIZE(foreign); i++)
		__free_page(foreign[i]);
}

/* The n-th call of an allocator fails, for each n up to the last one there is. */
static void expect_no_loss(struct kunit *test, unsigned int pair,
			   void (*fail_after)(unsigned int n))
{
	unsigned int live = host_live_allocations(), n;
	void *addr = NULL;

	for (n = 1; !addr && n < FULL_ARRAY + 16; n++) {
		fail_after(n);
		addr = pairs[pair].get(pairs[pair].pages);
		fail_after(0);
		if (!addr)
			KUNIT_ASSERT_EQ(test, host_live_allocations(), live);
	}
	KUNIT_ASSERT_NOT_NULL(test, addr);
	pairs[pair].put(addr);
	KUNIT_EXPECT_EQ(test, host_live_allocations(), live);
}

static void nothing_is_lost_by_a_failure(struct kunit *test)
{
	unsigned int i;

	host_reset();
	for (i = 0; i < ARRAY_SIZE(pairs); i++) {
		expect_no_loss(test, i, kmalloc_fail_after);
		expect_no_loss(test, i, page_alloc_fail_after);
	}
	KUNIT_EXPECT_EQ(test, host_warnings, 0U);
}

static const struct kunit_case vmalloc_host_cases[] = {
	KUNIT_CASE(nothing_is_lost),
	KUNIT_CASE(nothing_is_lost_by_a_failure),
	{},
};

static const struct kunit_suite vmalloc_host_suite = {
	.name = "vmalloc_host",
	.cases = vmalloc_host_cases,
};
kunit_test_suite(vmalloc_host_suite);
