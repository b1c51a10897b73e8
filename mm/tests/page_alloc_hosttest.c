/* SPDX-License-Identifier: MIT */
/*
 * The page allocator on the host: it boots here, from a memblock with a hole and with memory above
 * the limit, and what ends in a panic can be tested.
 */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <mm/gfp.h>
#include <mm/memblock.h>
#include <mm/slab.h>
#include <mm/tests/boot_memory.h>
#include <mm/vmalloc.h>

/* Two banks with a hole between them; all of it is one array, so the hole exists and is poison. */
#define BANK_SIZE  (SZ_16M + 3 * PAGE_SIZE)
#define HOLE_SIZE  (5 * PAGE_SIZE)
#define ABOVE_SIZE SZ_1M

static char ram[2 * BANK_SIZE + HOLE_SIZE + ABOVE_SIZE] __aligned(SZ_8M);
static unsigned long pages_in_memblock;

void boot_memory(void)
{
	phys_addr_t base = __pa(ram), pos, start, end;

	if (totalram_pages())
		return;
	memblock_add(base, BANK_SIZE);
	memblock_add(base + BANK_SIZE + HOLE_SIZE, BANK_SIZE + ABOVE_SIZE);
	memblock_reserve(base + SZ_1M + 100, SZ_64K); /* not made of whole pages */
	memblock_set_current_limit(base + 2 * BANK_SIZE + HOLE_SIZE);
	page_alloc_init();
	for_each_free_mem_range(pos, &start, &end)
		if (PFN_DOWN(end) > PFN_UP(start))
			pages_in_memblock += PFN_DOWN(end) - PFN_UP(start);
	pages_in_memblock -= ABOVE_SIZE / PAGE_SIZE;
	kmem_cache_init();
	vmalloc_init();
}

static int page_alloc_hosttest_init(struct kunit *test)
{
	boot_memory();
	return 0;
}

static void all_of_memblock_is_taken(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, totalram_pages(), pages_in_memblock);
	KUNIT_EXPECT_EQ(test, min_low_pfn, PFN_DOWN(__pa(ram)));
	KUNIT_EXPECT_EQ(test, max_low_pfn, PFN_DOWN(__pa(ram + 2 * BANK_SIZE + HOLE_SIZE)));
}

/* Takes every page there is, and sees that none is in the hole, reserved or taken twice. */
static void every_page_once(struct kunit *test)
{
	phys_addr_t hole = __pa(ram) + BANK_SIZE;
	unsigned long n = 0, before = nr_free_pages();
	struct page *page, *next;
	LIST_HEAD(taken);

	while ((page = alloc_page(GFP_ATOMIC))) {
		phys_addr_t phys = page_to_phys(page);

		KUNIT_ASSERT_TRUE(test, phys + PAGE_SIZE <= hole || phys >= hole + HOLE_SIZE);
		KUNIT_ASSERT_FALSE(test, memblock_is_region_reserved(phys, PAGE_SIZE));
		*(struct page **)page_address(page) = page;
		list_add(&page->lru, &taken);
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, before);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), 0);
	list_for_each_entry(page, &taken, lru)
		KUNIT_ASSERT_EQ(test, *(struct page **)page_address(page), page);
	list_for_each_entry_safe(page, next, &taken, lru)
		__free_page(page);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
}

static void interrupts_have_a_reserve(struct kunit *test)
{
	struct page *page, *next;
	LIST_HEAD(taken);

	while ((page = alloc_page(GFP_KERNEL)))
		list_add(&page->lru, &taken);
	KUNIT_EXPECT_TRUE(test, nr_free_pages() >= 32);
	page = alloc_page(GFP_ATOMIC);
	KUNIT_EXPECT_NOT_NULL(test, page);
	list_add(&page->lru, &taken);
	list_for_each_entry_safe(page, next, &taken, lru)
		__free_page(page);
}

static void free_it(void *page)
{
	__free_page(page);
}

static void free_it_by_order_1(void *page)
{
	__free_pages(page, 1);
}

static void free_address(void *addr)
{
	free_page((unsigned long)addr);
}

static void wrong_frees_are_bugs(struct kunit *test)
{
	struct page *pair = alloc_pages(GFP_KERNEL, 1), *page = alloc_page(GFP_KERNEL);

	KUNIT_EXPECT_TRUE(test, host_panics(free_it, pair));            /* half of it */
	KUNIT_EXPECT_TRUE(test, host_panics(free_it, pair + 1));        /* not its first page */
	KUNIT_EXPECT_TRUE(test, host_panics(free_it_by_order_1, page)); /* and more */
	KUNIT_EXPECT_TRUE(test, host_panics(free_it, virt_to_page(ram + BANK_SIZE))); /* a hole */
	KUNIT_EXPECT_TRUE(test, host_panics(free_address, &pair)); /* no RAM at all */
	__free_page(page);
	KUNIT_EXPECT_TRUE(test, host_panics(free_it, page)); /* twice */
	__free_pages(pair, 1);
}

/* What boot had reserved comes to the allocator late. */
static void reserved_memory_is_given(struct kunit *test)
{
	unsigned long before = nr_free_pages(), total = totalram_pages();
	char *start = ram + SZ_1M, *end = start + SZ_64K + PAGE_SIZE;

	KUNIT_EXPECT_EQ(test, free_reserved_area(start + 100, end - 100, 0xcc, NULL), 15);
	KUNIT_EXPECT_EQ(test, (unsigned char)start[PAGE_SIZE * 2], 0xcc);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before + 15);
	KUNIT_EXPECT_EQ(test, totalram_pages(), total + 15);
	KUNIT_EXPECT_EQ(test, free_reserved_area(start, start + 100, -1, NULL), 0);
}

static void vfree_returns_the_pages(struct kunit *test)
{
	unsigned long before;

	vfree(vmalloc(5 * PAGE_SIZE)); /* the caches have their slabs now */
	before = nr_free_pages();
	vfree(vmalloc(5 * PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
}

static void write_after_free(void *cache)
{
	void *object = kmem_cache_alloc(cache, GFP_KERNEL);

	kmem_cache_free(cache, object);
	((unsigned long *)object)[1] = 1;
	kmem_cache_alloc(cache, GFP_KERNEL);
}

static void use_after_free_is_a_bug(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, host_panics(write_after_free, kmem_cache_create("victim", 64, 0)));
}

static const struct kunit_case page_alloc_host_cases[] = {
	KUNIT_CASE(all_of_memblock_is_taken),  KUNIT_CASE(every_page_once),
	KUNIT_CASE(interrupts_have_a_reserve), KUNIT_CASE(wrong_frees_are_bugs),
	KUNIT_CASE(reserved_memory_is_given),  KUNIT_CASE(vfree_returns_the_pages),
	KUNIT_CASE(use_after_free_is_a_bug),   {},
};

static const struct kunit_suite page_alloc_host_suite = {
	.name = "page_alloc_host",
	.init = page_alloc_hosttest_init,
	.cases = page_alloc_host_cases,
};
kunit_test_suite(page_alloc_host_suite);
