/* SPDX-License-Identifier: MIT */
/*
 * The page allocator, on memory that is in use: blocks come aligned and whole, and after the last
 * is returned the free lists are as before, order by order.
 */
#include <kernel/base/kunit.h>
#include <kernel/base/seq_buf.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/tests/boot_memory.h>

/* In the kernel the allocators are ready. */
__weak void boot_memory(void)
{
}

/* The free lists as text: equal texts, equal numbers of blocks of each order. */
struct buddyinfo {
	char text[320]; /* a row a zone */
};

static void read_buddyinfo(struct buddyinfo *info)
{
	struct seq_buf m;

	seq_buf_init(&m, info->text, sizeof(info->text));
	buddyinfo_show(&m);
}

static struct buddyinfo before, after;

static int page_alloc_test_init(struct kunit *test)
{
	boot_memory();
	read_buddyinfo(&before);
	return 0;
}

/* Every test returns what it took. */
static void page_alloc_test_exit(struct kunit *test)
{
	page_alloc_fail_after(0);
	read_buddyinfo(&after);
	KUNIT_EXPECT_STREQ(test, after.text, before.text);
}

static void every_order(struct kunit *test)
{
	unsigned int order;

	for (order = 0; order < MAX_ORDER; order++) {
		unsigned long free = nr_free_pages();
		struct page *page = alloc_pages(GFP_KERNEL, order);

		if (!page && order > 5)
			continue; /* a small machine may have no such block */
		KUNIT_ASSERT_NOT_NULL(test, page);
		KUNIT_EXPECT_EQ(test, page_to_pfn(page) & ((1UL << order) - 1), 0);
		KUNIT_EXPECT_EQ(test, nr_free_pages(), free - (1UL << order));
		memset(page_address(page), 0xa5, PAGE_SIZE << order);
		__free_pages(page, order);
		KUNIT_EXPECT_EQ(test, nr_free_pages(), free);
	}
	KUNIT_EXPECT_NULL(test, alloc_pages(GFP_KERNEL, MAX_ORDER));
	KUNIT_EXPECT_NULL(test, alloc_pages(GFP_KERNEL, ~0U));
}

static void page_conversions(struct kunit *test)
{
	unsigned long addr = __get_free_pages(GFP_KERNEL, 1);
	struct page *page;

	KUNIT_ASSERT_NE(test, addr, 0);
	page = virt_to_page((void *)(addr + 100));
	KUNIT_EXPECT_EQ(test, (unsigned long)page_address(page), addr);
	KUNIT_EXPECT_EQ(test, pfn_to_page(page_to_pfn(page)), page);
	KUNIT_EXPECT_EQ(test, phys_to_page(page_to_phys(page) + 5), page);
	KUNIT_EXPECT_EQ(test, page_to_phys(page + 1), page_to_phys(page) + PAGE_SIZE);
	KUNIT_EXPECT_TRUE(test, virt_addr_valid((void *)addr));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(NULL));
	KUNIT_EXPECT_FALSE(test, virt_addr_valid((void *)~0UL));
	free_pages(addr, 1);
	free_page(0);

	KUNIT_EXPECT_EQ(test, get_order(1), 0);
	KUNIT_EXPECT_EQ(test, get_order(PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, get_order(PAGE_SIZE + 1), 1);
	KUNIT_EXPECT_EQ(test, get_order(3 * PAGE_SIZE), 2);
	KUNIT_EXPECT_EQ(test, PFN_UP(PAGE_SIZE + 1), 2);
	KUNIT_EXPECT_EQ(test, PFN_DOWN(2 * PAGE_SIZE - 1), 1);
	KUNIT_EXPECT_EQ(test, PFN_PHYS(0x4010000UL), 0x4010000000ULL);
}

static void zeroed_pages(struct kunit *test)
{
	unsigned long addr = __get_free_pages(GFP_KERNEL, 2), *words, i;

	KUNIT_ASSERT_NE(test, addr, 0);
	memset((void *)addr, 0x5a, 4 * PAGE_SIZE);
	free_pages(addr, 2);
	words = (unsigned long *)__get_free_pages(GFP_KERNEL | __GFP_ZERO, 2);
	KUNIT_ASSERT_NOT_NULL(test, words);
	for (i = 0; i < 4 * PAGE_SIZE / sizeof(*words); i++)
		KUNIT_ASSERT_EQ(test, words[i], 0);
	free_pages((unsigned long)words, 2);
	addr = get_zeroed_page(GFP_ATOMIC);
	KUNIT_ASSERT_NE(test, addr, 0);
	KUNIT_EXPECT_EQ(test, *(unsigned long *)addr, 0);
	free_page(addr);
}

#define SLOTS 64

/* Blocks of all orders up to 5, each stamped, come and go at random. */
static void random_blocks(struct kunit *test)
{
	struct {
		unsigned long addr;
		unsigned int order;
	} slots[SLOTS] = { { 0 } }, *slot;
	u32 random = 7, step;

	for (step = 0; step < 5000 + SLOTS; step++) {
		random = random * 1664525 + 1013904223;
		/* In the end all are returned. */
		slot = &slots[step < 5000 ? random >> 8 & (SLOTS - 1) : step - 5000];
		if (slot->addr) {
			KUNIT_ASSERT_EQ(test, *(unsigned long *)slot->addr, slot->addr);
			KUNIT_ASSERT_EQ(test, virt_to_page((void *)slot->addr)->state, PAGE_USED);
			free_pages(slot->addr, slot->order);
			slot->addr = 0;
		} else if (step < 5000) {
			unsigned long last;

			slot->order = (random >> 24) % 6;
			slot->addr = __get_free_pages(GFP_KERNEL, slot->order);
			if (!slot->addr)
				continue;
			last = slot->addr + (PAGE_SIZE << slot->order) - sizeof(long);
			*(unsigned long *)last = ~0UL;
			*(unsigned long *)slot->addr = slot->addr;
		}
	}
}

static void planned_failure(struct kunit *test)
{
	struct page *page;

	page_alloc_fail_after(2);
	page = alloc_page(GFP_KERNEL);
	KUNIT_EXPECT_NOT_NULL(test, page);
	KUNIT_EXPECT_NULL(test, alloc_page(GFP_KERNEL));
	__free_page(page);
	page = alloc_page(GFP_KERNEL); /* once only */
	KUNIT_EXPECT_NOT_NULL(test, page);
	__free_page(page);
}

/* --- In bulk --- */

#define BULK 300 /* made of blocks of several orders */

static struct page *bulk[BULK];

/* Each is a page by itself, whichever block it is from. */
static void bulk_pages_are_single(struct kunit *test)
{
	unsigned long free = nr_free_pages(), i;

	KUNIT_ASSERT_EQ(test, alloc_pages_bulk_array(GFP_KERNEL, BULK, bulk), BULK);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), free - BULK);
	for (i = 0; i < BULK; i++)
		*(unsigned long *)page_address(bulk[i]) = i;
	for (i = 0; i < BULK; i++)
		KUNIT_ASSERT_EQ(test, *(unsigned long *)page_address(bulk[i]), i);
	for (i = 0; i < BULK; i += 2)
		__free_page(bulk[i]);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), free - BULK / 2);
	for (i = 1; i < BULK; i += 2)
		__free_page(bulk[i]);
	KUNIT_EXPECT_EQ(test, alloc_pages_bulk_array(GFP_KERNEL, 0, bulk), 0);
}

/* In any order, and also where a run ends in the middle of a block. */
static void bulk_pages_are_released(struct kunit *test)
{
	unsigned long free = nr_free_pages(), i;

	KUNIT_ASSERT_EQ(test, alloc_pages_bulk_array(GFP_KERNEL, BULK, bulk), BULK);
	for (i = 0; i < BULK / 2; i += 3)
		swap(bulk[i], bulk[BULK - 1 - i]);
	release_pages(bulk, 5);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), free - BULK + 5);
	release_pages(bulk + 5, BULK - 5);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), free);
	release_pages(bulk, 0);
}

static void bulk_pages_are_zeroed(struct kunit *test)
{
	unsigned long i, j, *words;

	KUNIT_ASSERT_EQ(test, alloc_pages_bulk_array(GFP_KERNEL, BULK, bulk), BULK);
	for (i = 0; i < BULK; i++)
		memset(page_address(bulk[i]), 0x5a, PAGE_SIZE);
	release_pages(bulk, BULK);
	KUNIT_ASSERT_EQ(test, alloc_pages_bulk_array(GFP_KERNEL | __GFP_ZERO, BULK, bulk), BULK);
	for (i = 0; i < BULK; i++) {
		words = page_address(bulk[i]);
		for (j = 0; j < PAGE_SIZE / sizeof(*words); j++)
			KUNIT_ASSERT_EQ(test, words[j], 0);
	}
	release_pages(bulk, BULK);
}

/* Each page counts as a call: the n-th fails, wherever it lies in its block. */
static void planned_failure_in_bulk(struct kunit *test)
{
	unsigned long n, free = nr_free_pages();

	for (n = 1; n <= 20; n++) {
		page_alloc_fail_after(n);
		KUNIT_EXPECT_EQ(test, alloc_pages_bulk_array(GFP_KERNEL, 20, bulk), n - 1);
		KUNIT_EXPECT_EQ(test, nr_free_pages(), free - (n - 1));
		release_pages(bulk, n - 1);
	}
	page_alloc_fail_after(22);
	KUNIT_EXPECT_EQ(test, alloc_pages_bulk_array(GFP_KERNEL, 20, bulk), 20);
	release_pages(bulk, 20);
	KUNIT_EXPECT_EQ(test, alloc_pages_bulk_array(GFP_KERNEL, 2, bulk), 1);
	release_pages(bulk, 1);
}

static void reports(struct kunit *test)
{
	char text[512], wanted[64];
	struct seq_buf m;

	KUNIT_EXPECT_EQ(test, strncmp(before.text, "Node 0, zone   Normal ", 22), 0);
	KUNIT_EXPECT_EQ(test, strlen(before.text),
			(22 + 7 * MAX_ORDER + 1) * (totalhigh_pages() ? 2 : 1));
	seq_buf_init(&m, text, sizeof(text));
	meminfo_show(&m);
	snprintf(wanted, sizeof(wanted),
		 "MemTotal:       %8lu kB\nMemFree:        ", totalram_pages() * 4);
	KUNIT_EXPECT_EQ(test, strncmp(text, wanted, strlen(wanted)), 0);
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "\nMemAvailable:   "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "\nSlab:           "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "\nVmallocTotal:   "));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "\nVmallocUsed:    "));
}

static const struct kunit_case page_alloc_cases[] = {
	KUNIT_CASE(every_order),
	KUNIT_CASE(page_conversions),
	KUNIT_CASE(zeroed_pages),
	KUNIT_CASE(random_blocks),
	KUNIT_CASE(planned_failure),
	KUNIT_CASE(bulk_pages_are_single),
	KUNIT_CASE(bulk_pages_are_released),
	KUNIT_CASE(bulk_pages_are_zeroed),
	KUNIT_CASE(planned_failure_in_bulk),
	KUNIT_CASE(reports),
	{},
};

static const struct kunit_suite page_alloc_suite = {
	.name = "page_alloc",
	.init = page_alloc_test_init,
	.exit = page_alloc_test_exit,
	.cases = page_alloc_cases,
};
kunit_test_suite(page_alloc_suite);
