/* SPDX-License-Identifier: MIT */
/*
 * High memory on the host, with arm's real table format: which requests are served from it, and
 * what the window's entries say. The window's addresses translate in arm's table only, so nothing
 * is read through them here; highmem_test.c does that in the kernel.
 */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/base/seq_buf.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/gfp.h>
#include <mm/highmem.h>
#include <mm/memblock.h>
#include <mm/slab.h>
#include <mm/tests/mapping_check.h>

/* The border is no block border: the last low page and the first high one would be buddies. */
#define LOW_PAGES    (2048 + 3)
#define HIGH_PAGES   (1024 + 5)
#define WINDOW_PAGES (PKMAP_SIZE / PAGE_SIZE)
#define LOCAL_PAGES  32 /* that only kmap_local_page() gets */

/* The last page is not whole. */
static char ram[(LOW_PAGES + HIGH_PAGES) * PAGE_SIZE + 100] __aligned(SZ_8M);

/* TLB invalidates since the last reset. */
static unsigned int nr_flushes(void)
{
	unsigned int i, n = 0;

	for (i = 0; i < host_nr_events; i++)
		n += host_events[i].op == HOST_TLB;
	return n;
}

/* Not before main(): the page allocator of stubs.c must have set itself up first. */
static void boot(void)
{
	if (totalram_pages())
		return;
	memblock_add(__pa(ram), sizeof(ram));
	memblock_set_current_limit(__pa(ram) + LOW_PAGES * PAGE_SIZE);
	memblock_set_bottom_up(true); /* so that the pages at the border are free */
	kmap_init();
	page_alloc_init();
	kmem_cache_init();
	kfree(kmalloc(100, GFP_KERNEL)); /* caches keep what they get */
}

/* --- Every test returns what it took --- */

static char free_before[320], free_after[320]; /* free blocks, order by order */

static void read_buddyinfo(char *text, size_t size)
{
	struct seq_buf m;

	seq_buf_init(&m, text, size);
	buddyinfo_show(&m);
}

static int highmem_host_init(struct kunit *test)
{
	boot();
	read_buddyinfo(free_before, sizeof(free_before));
	host_reset();
	return 0;
}

static void highmem_host_exit(struct kunit *test)
{
	read_buddyinfo(free_after, sizeof(free_after));
	KUNIT_EXPECT_STREQ(test, free_after, free_before);
}

/* n pages of high memory on a list; fewer when there are no more. */
static unsigned long take_high_pages(struct list_head *pages, unsigned long n)
{
	unsigned long i;

	for (i = 0; i < n && nr_free_highpages(); i++) {
		struct page *page = alloc_page(GFP_HIGHUSER);

		if (!page)
			break;
		list_add_tail(&page->lru, pages);
	}
	return i;
}

static void give_back(struct list_head *pages)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, pages, lru)
		__free_page(page);
}

/* --- Requests --- */

static void memory_above_the_limit_is_high(struct kunit *test)
{
	struct page *high;

	KUNIT_EXPECT_EQ(test, totalhigh_pages(), (unsigned long)HIGH_PAGES);
	KUNIT_EXPECT_EQ(test, nr_free_highpages(), (unsigned long)HIGH_PAGES);
	/* Both are sums of both kinds; a part of low memory was taken by boot. */
	KUNIT_EXPECT_LE(test, totalram_pages(), (unsigned long)(LOW_PAGES + HIGH_PAGES));
	KUNIT_EXPECT_GT(test, totalram_pages(), (unsigned long)(LOW_PAGES / 2 + HIGH_PAGES));
	KUNIT_EXPECT_LE(test, nr_free_pages(), totalram_pages());
	KUNIT_EXPECT_GT(test, nr_free_pages(), (unsigned long)(LOW_PAGES / 2 + HIGH_PAGES));
	KUNIT_EXPECT_EQ(test, min_low_pfn, PFN_DOWN(__pa(ram)));
	KUNIT_EXPECT_EQ(test, max_low_pfn, min_low_pfn + LOW_PAGES);
	KUNIT_EXPECT_EQ(test, max_pfn, max_low_pfn + HIGH_PAGES);
	KUNIT_EXPECT_FALSE(test, PageHighMem(pfn_to_page(max_low_pfn - 1)));
	KUNIT_EXPECT_TRUE(test, PageHighMem(pfn_to_page(max_low_pfn)));
	high = alloc_page(GFP_HIGHUSER);
	KUNIT_EXPECT_GE(test, page_to_pfn(high), max_low_pfn);
	KUNIT_EXPECT_NULL(test, page_address(high));
	__free_page(high);
	KUNIT_EXPECT_FALSE(test, virt_addr_valid(__va(PFN_PHYS(max_low_pfn))));
}

static void the_flags_choose_the_kind(struct kunit *test)
{
	static const struct {
		gfp_t gfp;
		bool high;
	} requests[] = {
		{ GFP_KERNEL, false },  { GFP_ATOMIC, false },   { GFP_NOWAIT, false },
		{ GFP_HIGHUSER, true }, { __GFP_HIGHMEM, true },
	};
	unsigned int i, order;

	for (i = 0; i < ARRAY_SIZE(requests); i++) {
		for (order = 0; order <= 3; order += 3) {
			struct page *page = alloc_pages(requests[i].gfp, order);

			KUNIT_ASSERT_NOT_NULL(test, page);
			KUNIT_EXPECT_EQ(test, PageHighMem(page), requests[i].high);
			KUNIT_EXPECT_EQ(test, nr_free_highpages(),
					HIGH_PAGES - (requests[i].high << order));
			__free_pages(page, order);
		}
	}
}

static bool is_low(const void *addr, unsigned long size)
{
	return (const char *)addr >= ram &&
	       (const char *)addr + size <= ram + LOW_PAGES * PAGE_SIZE;
}

/* A caller that asks for an address must not get a page without one, whatever its flags say. */
static void addresses_are_of_low_memory(struct kunit *test)
{
	unsigned long addr = __get_free_pages(GFP_HIGHUSER, 2),
		      page = get_zeroed_page(GFP_HIGHUSER);
	void *small = kmalloc(100, GFP_HIGHUSER), *large = kmalloc(SZ_16K, GFP_HIGHUSER);
	struct kmem_cache *cache = kmem_cache_create("low", PAGE_SIZE, 0);
	void *object = kmem_cache_alloc(cache, GFP_HIGHUSER);

	KUNIT_EXPECT_TRUE(test, is_low((void *)addr, 4 * PAGE_SIZE));
	KUNIT_EXPECT_TRUE(test, is_low((void *)page, PAGE_SIZE));
	KUNIT_EXPECT_TRUE(test, is_low(small, 100));
	KUNIT_EXPECT_TRUE(test, is_low(large, SZ_16K));
	KUNIT_EXPECT_TRUE(test, is_low(object, PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, nr_free_highpages(), (unsigned long)HIGH_PAGES);
	free_pages(addr, 2);
	free_page(page);
	kfree(small);
	kfree(large);
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
}

/* To the last page, as only low memory has a reserve; then low memory serves. */
static void high_memory_is_used_up_first(struct kunit *test)
{
	struct page *page;
	LIST_HEAD(pages);

	KUNIT_EXPECT_EQ(test, take_high_pages(&pages, ~0UL), (unsigned long)HIGH_PAGES);
	page = alloc_page(GFP_HIGHUSER);
	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_FALSE(test, PageHighMem(page));
	__free_page(page);
	give_back(&pages);
}

/* The last low page and the first high one are both free in the end: no block holds both. */
static void blocks_end_at_the_border(struct kunit *test)
{
	struct page *page;
	LIST_HEAD(high);
	LIST_HEAD(low);

	take_high_pages(&high, ~0UL);
	while ((page = alloc_page(GFP_ATOMIC)))
		list_add_tail(&page->lru, &low);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), 0UL);
	give_back(&high);
	give_back(&low);
	KUNIT_EXPECT_EQ(test, pfn_to_page(max_low_pfn - 1)->state, PAGE_FREE);
	KUNIT_EXPECT_EQ(test, take_high_pages(&high, ~0UL), (unsigned long)HIGH_PAGES);
	give_back(&high);
}

static struct page *take_from(struct list_head *pages, unsigned long pfn)
{
	struct page *page;

	list_for_each_entry(page, pages, lru) {
		if (page_to_pfn(page) == pfn) {
			list_del(&page->lru);
			return page;
		}
	}
	return NULL;
}

/* Neighbours in memory, and in the array. */
static void runs_end_at_the_border(struct kunit *test)
{
	struct page *page, *border[2];
	LIST_HEAD(high);
	LIST_HEAD(low);

	take_high_pages(&high, ~0UL);
	while ((page = alloc_page(GFP_ATOMIC)))
		list_add_tail(&page->lru, &low);
	border[0] = take_from(&low, max_low_pfn - 1);
	border[1] = take_from(&high, max_low_pfn);
	KUNIT_ASSERT_TRUE(test, border[0] && border[1]);
	release_pages(border, 2);
	KUNIT_EXPECT_EQ(test, nr_free_highpages(), 1UL);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), 2UL);
	give_back(&high);
	give_back(&low);
}

/* --- The window --- */

static void expect_mapped(struct kunit *test, void *addr, const struct page *page)
{
	unsigned long start = (unsigned long)addr;

	KUNIT_ASSERT_TRUE(test, start >= PKMAP_BASE && start < PKMAP_BASE + PKMAP_SIZE);
	KUNIT_EXPECT_EQ(test, page_address(page), addr);
	expect_io_leaves(test, start, page_to_phys(page), PAGE_SIZE, MEMORY_CACHED, PAGE_SIZE);
}

static void expect_unmapped(struct kunit *test, void *addr, const struct page *page)
{
	unsigned long start = (unsigned long)addr;

	KUNIT_EXPECT_NULL(test, page_address(page));
	expect_hole(test, start, start + PAGE_SIZE);
	KUNIT_EXPECT_TRUE(test, host_was_flushed(start, start + PAGE_SIZE));
}

static void a_page_is_mapped_while_it_has_users(struct kunit *test)
{
	struct page *page = alloc_page(GFP_HIGHUSER), *other = alloc_page(GFP_HIGHUSER);
	void *addr = kmap(page), *other_addr = kmap_local_page(other);

	expect_mapped(test, addr, page);
	expect_mapped(test, other_addr, other);
	KUNIT_EXPECT_EQ(test, kmap(page), addr);
	KUNIT_EXPECT_EQ(test, kmap_local_page(page), addr);
	kunmap(page);
	kunmap_local((char *)addr + PAGE_SIZE - 1);
	expect_mapped(test, addr, page);
	KUNIT_EXPECT_EQ(test, nr_flushes(), 0U);
	kunmap(page);
	expect_unmapped(test, addr, page);
	expect_mapped(test, other_addr, other);
	kunmap_local(other_addr);
	expect_unmapped(test, other_addr, other);
	__free_page(page);
	__free_page(other);
}

/* Low memory has its address, and no call changes it. */
static void low_pages_need_no_window(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	void *addr = page_address(page);

	KUNIT_EXPECT_EQ(test, kmap(page), addr);
	KUNIT_EXPECT_EQ(test, kmap_local_page(page), addr);
	kunmap_local(addr);
	kunmap(page);
	KUNIT_EXPECT_EQ(test, page_address(page), addr);
	KUNIT_EXPECT_EQ(test, nr_flushes(), 0U);
	__free_page(page);
}

static void map_local(void *page)
{
	kmap_local_page(page);
}

/* Maps each page, by kmap() as long as that works and then by kmap_local_page(). */
static void fill_window(struct kunit *test, struct list_head *pages)
{
	unsigned int mapped = 0;
	struct page *page;
	void *addr;

	list_for_each_entry(page, pages, lru) {
		addr = mapped < WINDOW_PAGES - LOCAL_PAGES ? kmap(page) : NULL;
		if (!addr) {
			KUNIT_EXPECT_NULL(test, kmap(page));
			KUNIT_EXPECT_GE(test, mapped, WINDOW_PAGES - LOCAL_PAGES);
			addr = kmap_local_page(page);
		}
		expect_mapped(test, addr, page);
		mapped++;
	}
}

/* The last slots are for kmap_local_page(), and every page has an address of its own. */
static void a_full_window(struct kunit *test)
{
	struct page *page, *one_more = alloc_page(GFP_HIGHUSER);
	unsigned int round;
	LIST_HEAD(pages);

	KUNIT_ASSERT_EQ(test, take_high_pages(&pages, WINDOW_PAGES), (unsigned long)WINDOW_PAGES);
	for (round = 0; round < 2; round++) { /* the second time from another slot on */
		fill_window(test, &pages);
		list_for_each_entry(page, &pages, lru)
			expect_mapped(test, page_address(page), page);
		KUNIT_EXPECT_NULL(test, kmap(one_more));
		KUNIT_EXPECT_TRUE(test, host_panics(map_local, one_more));
		page = list_first_entry(&pages, struct page, lru);
		KUNIT_EXPECT_EQ(test, kmap(page), page_address(page)); /* mapped already */
		kunmap(page);
		list_for_each_entry(page, &pages, lru)
			kunmap(page);
		expect_hole(test, PKMAP_BASE, PKMAP_BASE + PKMAP_SIZE);
		kmap(one_more);
		kunmap(one_more);
	}
	give_back(&pages);
	__free_page(one_more);
}

static void unmap_what_is_not_mapped(struct kunit *test)
{
	struct page *page = alloc_page(GFP_HIGHUSER);

	kunmap(page);
	KUNIT_EXPECT_EQ(test, host_warnings, 1U);
	KUNIT_EXPECT_EQ(test, nr_flushes(), 0U);
	__free_page(page);
}

static void unmap_unused_slot(void *addr)
{
	kunmap_local(addr);
}

/* Comes last: the BUG leaves the window's lock held. */
static void unmapping_twice_is_a_bug(struct kunit *test)
{
	struct page *page = alloc_page(GFP_HIGHUSER);
	void *addr = kmap_local_page(page);

	kunmap_local(addr);
	KUNIT_EXPECT_TRUE(test, host_panics(unmap_unused_slot, addr));
	__free_page(page);
}

static const struct kunit_case highmem_host_cases[] = {
	KUNIT_CASE(memory_above_the_limit_is_high),
	KUNIT_CASE(the_flags_choose_the_kind),
	KUNIT_CASE(addresses_are_of_low_memory),
	KUNIT_CASE(high_memory_is_used_up_first),
	KUNIT_CASE(blocks_end_at_the_border),
	KUNIT_CASE(runs_end_at_the_border),
	KUNIT_CASE(a_page_is_mapped_while_it_has_users),
	KUNIT_CASE(low_pages_need_no_window),
	KUNIT_CASE(a_full_window),
	KUNIT_CASE(unmap_what_is_not_mapped),
	KUNIT_CASE(unmapping_twice_is_a_bug),
	{},
};

static const struct kunit_suite highmem_host_suite = {
	.name = "highmem_host",
	.init = highmem_host_init,
	.exit = highmem_host_exit,
	.cases = highmem_host_cases,
};
kunit_test_suite(highmem_host_suite);
