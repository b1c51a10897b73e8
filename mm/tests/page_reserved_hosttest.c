/* SPDX-License-Identifier: MIT */
/* Memory that was reserved at boot comes to the allocator later, and is used last. */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/base/tests/print_log.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <kernel/lib/string.h>
#include <mm/gfp.h>
#include <mm/page.h>
#include <mm/tests/boot_memory.h>

static int page_reserved_hosttest_init(struct kunit *test)
{
	boot_memory();
	return 0;
}

struct area {
	char *start, *end;
};

static void give_area(void *arg)
{
	struct area *area = arg;

	free_reserved_area(area->start, area->end, 0, NULL);
}

/* Pages in use, first or last in the area, and addresses that are no RAM. */
static void only_reserved_memory_can_be_given(struct kunit *test)
{
	char *below = __va(PFN_PHYS(min_low_pfn)), *above = __va(PFN_PHYS(max_low_pfn));
	struct area wrong[] = {
		{ host_reserved - PAGE_SIZE, host_reserved + PAGE_SIZE },
		{ host_reserved_end - PAGE_SIZE, host_reserved_end + PAGE_SIZE },
		{ below - PAGE_SIZE, below },
		{ above, above + PAGE_SIZE },
	};
	struct page *page, *next;
	LIST_HEAD(taken);
	unsigned int i;

	while ((page = alloc_page(GFP_ATOMIC)))
		list_add(&page->lru, &taken);
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		if (!host_panics(give_area, &wrong[i]))
			KUNIT_FAIL(test, "area %u was taken", i);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), 0UL);
	list_for_each_entry_safe(page, next, &taken, lru)
		__free_page(page);
}

/* What boot had reserved comes to the allocator late: its whole pages, poisoned. */
static void reserved_memory_is_given(struct kunit *test)
{
	unsigned long before = nr_free_pages(), total = totalram_pages();
	char *start = host_reserved, *end = host_reserved_end;

	memset(start, 0x11, end - start);
	KUNIT_EXPECT_EQ(test, free_reserved_area(start, start + 100, 0xcc, NULL), 0);
	print_log_start();
	KUNIT_EXPECT_EQ(test, free_reserved_area(start + 100, start, 0xcc, "no"), 0);
	KUNIT_EXPECT_EQ(test, free_reserved_area(start + 100, start + SZ_16K, 0, "late"), 3);
	KUNIT_EXPECT_STREQ(test, print_log_stop(), "Freeing late memory: 12K\n");
	KUNIT_EXPECT_EQ(test, free_reserved_area(start + SZ_16K, start + SZ_32K, -1, NULL), 4);
	KUNIT_EXPECT_EQ(test, free_reserved_area(start + SZ_32K, end - 100, 0xcc, NULL), 8);
	KUNIT_EXPECT_EQ(test, start[PAGE_SIZE - 1], 0x11);
	KUNIT_EXPECT_EQ(test, start[PAGE_SIZE], 0);
	KUNIT_EXPECT_EQ(test, start[SZ_16K - 1], 0);
	KUNIT_EXPECT_EQ(test, start[SZ_16K], 0x11);
	KUNIT_EXPECT_EQ(test, (unsigned char)start[SZ_32K], 0xcc);
	KUNIT_EXPECT_EQ(test, (unsigned char)start[SZ_64K - 1], 0xcc);
	KUNIT_EXPECT_EQ(test, start[SZ_64K], 0x11);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before + 15);
	KUNIT_EXPECT_EQ(test, totalram_pages(), total + 15);
}

/* Continues the case before: what was given is touched when nothing else is left. */
static void reserved_memory_is_used_last(struct kunit *test)
{
	struct page *page, *next;
	LIST_HEAD(taken);

	while ((page = alloc_page(GFP_ATOMIC))) {
		char *addr = page_address(page);
		bool in_area = addr >= host_reserved && addr < host_reserved_end;

		list_add(&page->lru, &taken);
		KUNIT_EXPECT_EQ(test, in_area, nr_free_pages() < 15);
	}
	list_for_each_entry_safe(page, next, &taken, lru)
		__free_page(page);
}

static const struct kunit_case page_reserved_host_cases[] = {
	KUNIT_CASE(only_reserved_memory_can_be_given),
	KUNIT_CASE(reserved_memory_is_given),
	KUNIT_CASE(reserved_memory_is_used_last),
	{},
};

static const struct kunit_suite page_reserved_host_suite = {
	.name = "page_reserved_host",
	.init = page_reserved_hosttest_init,
	.cases = page_reserved_host_cases,
};
kunit_test_suite(page_reserved_host_suite);
