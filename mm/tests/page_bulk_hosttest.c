/* SPDX-License-Identifier: MIT */
/* Pages in bulk, to the last one, and what a wrong release ends in. */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/gfp.h>
#include <mm/tests/boot_memory.h>

#define MAX_PAGES 20000 /* more than boot_memory() has */

static int page_bulk_hosttest_init(struct kunit *test)
{
	boot_memory();
	return 0;
}

/* Also when pages are asked for in bulk, and only single ones are free at the end. */
static void bulk_leaves_the_reserve(struct kunit *test)
{
	unsigned long all = nr_free_pages(), n;
	static struct page *pages[MAX_PAGES];

	KUNIT_ASSERT_TRUE(test, all <= MAX_PAGES);
	n = alloc_pages_bulk_array(GFP_KERNEL, all, pages);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), totalram_pages() / 256);
	KUNIT_EXPECT_EQ(test, n, all - totalram_pages() / 256);
	KUNIT_EXPECT_EQ(test, alloc_pages_bulk_array(GFP_KERNEL, 1, pages + n), 0);
	KUNIT_EXPECT_EQ(test, alloc_pages_bulk_array(GFP_ATOMIC, all, pages + n), all - n);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), 0);
	release_pages(pages, all);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), all);
}

static void release_two(void *pages)
{
	release_pages(pages, 2);
}

static void wrong_releases_are_bugs(struct kunit *test)
{
	struct page *pages[2], *twice[2], *pair = alloc_pages(GFP_KERNEL, 1);

	KUNIT_ASSERT_EQ(test, alloc_pages_bulk_array(GFP_KERNEL, 2, pages), 2);
	twice[0] = twice[1] = pages[0];
	KUNIT_EXPECT_TRUE(test, host_panics(release_two, twice));
	twice[0] = pages[1];
	twice[1] = pair; /* a block, not a single page */
	KUNIT_EXPECT_TRUE(test, host_panics(release_two, twice));
	__free_pages(pair, 1);
}

static const struct kunit_case page_bulk_host_cases[] = {
	KUNIT_CASE(bulk_leaves_the_reserve),
	KUNIT_CASE(wrong_releases_are_bugs),
	{},
};

static const struct kunit_suite page_bulk_host_suite = {
	.name = "page_bulk_host",
	.init = page_bulk_hosttest_init,
	.cases = page_bulk_host_cases,
};
kunit_test_suite(page_bulk_host_suite);
