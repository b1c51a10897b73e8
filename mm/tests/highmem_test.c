/* SPDX-License-Identifier: MIT */
/*
 * High memory in use: the kernel's window on it, and who gets it. Where all memory is in the linear
 * map there is nothing to test, and each case says so; one case tests just that.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/string.h>
#include <mm/gfp.h>
#include <mm/highmem.h>
#include <mm/uaccess.h>
#include <mm/vmalloc.h>

#define WINDOW_PAGES (PKMAP_SIZE / PAGE_SIZE)

static unsigned long free_before, free_high_before;

static int highmem_test_init(struct kunit *test)
{
	void *dirt = vmalloc(64 * PAGE_SIZE);

	/* Afterwards caches and tables are there, and the pages that come next are not clean. */
	if (dirt)
		memset(dirt, 0x5a, 64 * PAGE_SIZE);
	vfree(dirt);
	free_before = nr_free_pages();
	free_high_before = nr_free_highpages();
	return 0;
}

static void highmem_test_exit(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, nr_free_pages(), free_before);
	KUNIT_EXPECT_EQ(test, nr_free_highpages(), free_high_before);
}

static bool no_highmem(struct kunit *test)
{
	if (!totalhigh_pages())
		kunit_skip(test, "all memory of this machine is in the linear map");
	return !totalhigh_pages();
}

static bool in_window(const void *addr)
{
	return (unsigned long)addr - PKMAP_BASE < PKMAP_SIZE;
}

static bool faults(const void *addr)
{
	u64 value;

	return peek_kernel_nofault(&value, addr, 8) != 0;
}

/* n pages of high memory on a list; fewer when there are no more. */
static unsigned long take_pages(struct list_head *pages, unsigned long n)
{
	struct page *page;
	unsigned long i;

	for (i = 0; i < n; i++) {
		page = alloc_page(GFP_HIGHUSER);
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

static void low_pages_are_always_there(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	void *addr;

	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_FALSE(test, PageHighMem(page));
	addr = kmap(page);
	KUNIT_EXPECT_EQ(test, addr, page_address(page));
	KUNIT_EXPECT_EQ(test, virt_to_page(addr), page);
	kunmap(page);
	KUNIT_EXPECT_EQ(test, kmap_local_page(page), addr);
	kunmap_local(addr);
	KUNIT_EXPECT_EQ(test, page_address(page), addr);
	__free_page(page);
}

static void an_address_while_mapped(struct kunit *test)
{
	struct page *page;
	void *addr, *local;

	if (no_highmem(test))
		return;
	page = alloc_page(GFP_HIGHUSER | __GFP_ZERO);
	KUNIT_ASSERT_TRUE(test, page && PageHighMem(page));
	KUNIT_EXPECT_NULL(test, page_address(page));
	addr = kmap(page);
	KUNIT_ASSERT_TRUE(test, in_window(addr));
	KUNIT_EXPECT_EQ(test, page_address(page), addr);
	KUNIT_EXPECT_EQ(test, *(unsigned long *)addr, 0);
	KUNIT_EXPECT_EQ(test, kmap(page), addr); /* a second user */
	local = kmap_local_page(page);
	KUNIT_EXPECT_EQ(test, local, addr);
	kunmap_local((char *)local + 100);
	kunmap(page);
	memset(addr, 0x5a, PAGE_SIZE); /* the first one is still there */
	kunmap(page);
	KUNIT_EXPECT_NULL(test, page_address(page));
	KUNIT_EXPECT_TRUE(test, faults(addr));
	addr = kmap(page);
	KUNIT_EXPECT_EQ(test, *(u8 *)addr, 0x5a);
	kunmap(page);
	__free_page(page);
}

/*
 * Each page is written through a slot, more pages than there are slots, all one after the other;
 * then read back. A slot that still shows its former page would mix them up.
 */
static void a_slot_never_shows_its_former_page(struct kunit *test)
{
	struct page *page;
	unsigned long *addr, n;
	LIST_HEAD(pages);

	if (no_highmem(test))
		return;
	n = take_pages(&pages, 2 * WINDOW_PAGES);
	KUNIT_EXPECT_EQ(test, n, 2 * WINDOW_PAGES);
	list_for_each_entry(page, &pages, lru) {
		addr = kmap_local_page(page);
		addr[5] = page_to_pfn(page);
		kunmap_local(addr);
	}
	list_for_each_entry(page, &pages, lru) {
		addr = kmap_local_page(page);
		KUNIT_EXPECT_EQ(test, addr[5], page_to_pfn(page));
		kunmap_local(addr);
	}
	give_back(&pages);
}

/* kmap() may fail when the window is full, kmap_local_page() not; every address is another one. */
static void a_full_window(struct kunit *test)
{
	unsigned long mapped = 0, *addr;
	struct page *page, *one_more;
	LIST_HEAD(pages);

	if (no_highmem(test))
		return;
	take_pages(&pages, WINDOW_PAGES);
	list_for_each_entry(page, &pages, lru) {
		addr = kmap(page);
		if (!addr)
			break;
		*addr = page_to_pfn(page);
		mapped++;
	}
	KUNIT_EXPECT_GT(test, mapped, WINDOW_PAGES / 2);
	KUNIT_EXPECT_LT(test, mapped, WINDOW_PAGES);
	one_more = list_last_entry(&pages, struct page, lru); /* the last one: not mapped */
	addr = kmap_local_page(one_more);
	KUNIT_EXPECT_NOT_NULL(test, addr);
	kunmap_local(addr);
	list_for_each_entry(page, &pages, lru) {
		addr = page_address(page);
		if (!addr)
			break;
		KUNIT_EXPECT_EQ(test, *addr, page_to_pfn(page));
		kunmap(page);
		mapped--;
	}
	KUNIT_EXPECT_EQ(test, mapped, 0);
	give_back(&pages);
}

static void copies_and_clears(struct kunit *test)
{
	struct page *high, *low;
	u8 *addr;

	if (no_highmem(test))
		return;
	high = alloc_page(GFP_HIGHUSER);
	low = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_TRUE(test, high && low);
	memset(page_address(low), 0x77, PAGE_SIZE);
	copy_highpage(high, low);
	clear_highpage(low);
	KUNIT_EXPECT_EQ(test, *(u8 *)page_address(low), 0);
	addr = kmap(high);
	KUNIT_EXPECT_EQ(test, addr[PAGE_SIZE - 1], 0x77);
	kunmap(high);
	clear_highpage(high);
	copy_highpage(low, high);
	KUNIT_EXPECT_EQ(test, *((u8 *)page_address(low) + PAGE_SIZE - 1), 0);
	__free_page(low);
	__free_page(high);
}

/* vmalloc lives on high memory; kmalloc and tables never do. */
static void vmalloc_takes_it_first(struct kunit *test)
{
	unsigned long low = nr_free_pages() - nr_free_highpages(), i;
	struct vm_struct *vm;
	u8 *addr;

	if (no_highmem(test))
		return;
	addr = vzalloc(64 * PAGE_SIZE);
	vm = find_vm_area(addr);
	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_EQ(test, nr_free_highpages(), free_high_before - 64);
	KUNIT_EXPECT_LE(test, low - (nr_free_pages() - nr_free_highpages()), 2); /* a table */
	for (i = 0; i < 64; i++) {
		KUNIT_EXPECT_TRUE(test, PageHighMem(vm->pages[i]));
		KUNIT_EXPECT_EQ(test, addr[i * PAGE_SIZE + 7], 0);
		addr[i * PAGE_SIZE] = i;
	}
	for (i = 0; i < 64; i++) {
		u8 *page = kmap_local_page(vm->pages[i]);

		KUNIT_EXPECT_EQ(test, page[0], i);
		kunmap_local(page);
	}
	vfree(addr);
}

/* When high memory is used up, low memory serves; and no low request ever gets high memory. */
static void low_memory_serves_last(struct kunit *test)
{
	struct page *page;
	LIST_HEAD(pages);

	if (no_highmem(test))
		return;
	take_pages(&pages, totalhigh_pages());
	page = alloc_page(GFP_HIGHUSER);
	KUNIT_EXPECT_TRUE(test, page && !PageHighMem(page));
	KUNIT_EXPECT_EQ(test, nr_free_highpages(), 0);
	if (page)
		__free_page(page);
	give_back(&pages);
	page = alloc_page(GFP_KERNEL);
	KUNIT_EXPECT_TRUE(test, page && !PageHighMem(page));
	if (page)
		__free_page(page);
}

static const struct kunit_case highmem_cases[] = {
	KUNIT_CASE(low_pages_are_always_there),
	KUNIT_CASE(an_address_while_mapped),
	KUNIT_CASE(a_slot_never_shows_its_former_page),
	KUNIT_CASE(a_full_window),
	KUNIT_CASE(copies_and_clears),
	KUNIT_CASE(vmalloc_takes_it_first),
	KUNIT_CASE(low_memory_serves_last),
	{},
};

static const struct kunit_suite highmem_suite = {
	.name = "highmem",
	.init = highmem_test_init,
	.exit = highmem_test_exit,
	.cases = highmem_cases,
};
kunit_test_suite(highmem_suite);
