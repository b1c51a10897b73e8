/* SPDX-License-Identifier: MIT */
/*
 * The page allocator on the host: it boots here, from a memblock with a hole and with memory above
 * the limit, and what ends in a panic can be tested.
 */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/base/seq_buf.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <kernel/lib/string.h>
#include <mm/gfp.h>
#include <mm/memblock.h>
#include <mm/slab.h>
#include <mm/tests/boot_memory.h>
#include <mm/vmalloc.h>
#include <mm/zone.h>

/*
 * Two banks with a hole between them; all of it is one array, so the hole exists. The first bank
 * begins in the middle of a page.
 */
#define BANK_SIZE  (3 * SZ_8M + 3 * PAGE_SIZE)
#define HOLE_SIZE  (5 * PAGE_SIZE)
#define ABOVE_SIZE SZ_1M

static char ram[2 * BANK_SIZE + HOLE_SIZE + ABOVE_SIZE] __aligned(SZ_8M);
#define LATE_BANK (ram + BANK_SIZE + HOLE_SIZE)
#define LATE      (LATE_BANK + SZ_1M) /* a reserved page that is given up early */

char *host_reserved, *host_reserved_end;

static unsigned long pages_in_memblock;
static bool no_memory_is_a_bug;
static unsigned long deferred_at_boot; /* the first of them, when nothing was allocated yet */

static void init_page_alloc(void *unused)
{
	page_alloc_init();
}

/* Memory for the array of struct page is missing. */
static bool boot_without_memory(phys_addr_t base)
{
	bool panicked;

	memblock_add(base, PAGE_SIZE);
	memblock_reserve(base, PAGE_SIZE);
	panicked = host_panics(init_page_alloc, NULL);
	memblock_phys_free(base, PAGE_SIZE);
	memblock_remove(base, PAGE_SIZE);
	return panicked;
}

void boot_memory(void)
{
	phys_addr_t base = __pa(ram), pos, start, end;
	size_t i;

	if (totalram_pages())
		return;
	for (i = 0; i < sizeof(ram); i += 2)
		ram[i] = PAGE_FREE; /* by chance, each struct page tells of a free page */
	no_memory_is_a_bug = boot_without_memory(base);
	memblock_add(base + 100, BANK_SIZE - 100);
	memblock_add(base + BANK_SIZE + HOLE_SIZE, BANK_SIZE + ABOVE_SIZE);
	memblock_reserve(base + SZ_1M + 100, SZ_64K); /* not made of whole pages */
	host_reserved = ram + SZ_1M;
	host_reserved_end = host_reserved + SZ_64K + PAGE_SIZE;
	memblock_reserve(__pa(LATE), PAGE_SIZE);
	memblock_set_current_limit(base + 2 * BANK_SIZE + HOLE_SIZE + 100);
	page_alloc_init();
	deferred_at_boot = first_deferred_pfn[ZONE_NORMAL];
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
	KUNIT_EXPECT_EQ(test, min_low_pfn, PFN_DOWN(__pa(ram)) + 1);
	KUNIT_EXPECT_EQ(test, max_low_pfn, PFN_DOWN(__pa(ram + 2 * BANK_SIZE + HOLE_SIZE)));
}

/* What memblock still gave would be given twice. */
static void memblock_gives_no_more(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, no_memory_is_a_bug);
	KUNIT_EXPECT_EQ(test, memblock.current_limit, 0ULL);
	KUNIT_EXPECT_NULL(test, memblock_alloc(1, 1));
}

/* --- Deferred pages: these tests come before any that takes all memory --- */

/* Boot wrote no struct page, and the few that were needed since lie in the first blocks. */
static void struct_pages_are_made_late(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, deferred_at_boot, min_low_pfn);
	KUNIT_EXPECT_GT(test, first_deferred_pfn[ZONE_NORMAL], min_low_pfn);
	KUNIT_EXPECT_LT(test, first_deferred_pfn[ZONE_NORMAL], max_low_pfn - SZ_8M / PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, pfn_to_page(max_low_pfn - 1)->state, PAGE_FREE);
	KUNIT_EXPECT_TRUE(test, nr_free_pages() > pages_in_memblock - SZ_1M / PAGE_SIZE);
}

/* The struct page of such an address holds chance contents, which kfree() must not look at. */
static void a_deferred_page_is_not_an_object(struct kunit *test)
{
	void *stray = __va(PFN_PHYS(max_low_pfn - 1));

	KUNIT_EXPECT_FALSE(test, virt_addr_valid(stray));
	KUNIT_EXPECT_NULL(test, lowmem_page(stray));
	host_reset();
	kfree(stray);
	KUNIT_EXPECT_EQ(test, host_warnings, 1U);
}

static void give_late_page(void *unused)
{
	free_reserved_area(LATE, LATE + PAGE_SIZE, -1, NULL);
}

/* It joins the ranges on both sides of it, and no struct page is made for that. */
static void a_reserved_page_among_deferred_ones_is_given(struct kunit *test)
{
	unsigned long before = nr_free_pages(), first = first_deferred_pfn[ZONE_NORMAL];
	unsigned long end = pfn_to_page(PFN_DOWN(__pa(LATE + PAGE_SIZE)))->range_end;

	KUNIT_ASSERT_TRUE(test, first < PFN_DOWN(__pa(LATE)));
	KUNIT_EXPECT_EQ(test, free_reserved_area(LATE, LATE + PAGE_SIZE, -1, NULL), 1);
	KUNIT_EXPECT_TRUE(test, host_panics(give_late_page, NULL));
	spin_lock_init(&zones[ZONE_NORMAL].lock); /* the panic came while it was held */
	KUNIT_EXPECT_EQ(test, first_deferred_pfn[ZONE_NORMAL], first);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before + 1);
	KUNIT_EXPECT_EQ(test, pfn_to_page(PFN_DOWN(__pa(LATE_BANK)))->range_end, end);
	pages_in_memblock++;
	memblock_phys_free(__pa(LATE), PAGE_SIZE); /* as every_page_once sees it */
}

/* --- Blocks --- */

/* Free blocks, order by order, as text. */
static const char *free_blocks(char *text, size_t size)
{
	struct seq_buf m;

	seq_buf_init(&m, text, size);
	buddyinfo_show(&m);
	return text;
}

/* Pages that the map says are free: only the first page of a block says so, and for all of it. */
static unsigned long free_in_map(void)
{
	unsigned long pfn, free = 0;

	for (pfn = min_low_pfn; pfn < first_deferred_pfn[ZONE_NORMAL]; pfn++)
		if (pfn_to_page(pfn)->state == PAGE_FREE)
			free += 1UL << pfn_to_page(pfn)->order;
	return free;
}

static void free_all(struct list_head *taken)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, taken, lru)
		__free_page(page);
}

/* Takes every page there is, and sees that none is in the hole, reserved or taken twice. */
static void every_page_once(struct kunit *test)
{
	phys_addr_t hole = __pa(ram) + BANK_SIZE;
	unsigned long n = 0, before = nr_free_pages();
	char blocks[160], blocks_after[160];
	struct page *page;
	LIST_HEAD(taken);

	free_blocks(blocks, sizeof(blocks)); /* the deferred ones, too */
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
	KUNIT_EXPECT_GT(test, first_deferred_pfn[ZONE_NORMAL], max_low_pfn - SZ_1M / PAGE_SIZE);
	list_for_each_entry(page, &taken, lru)
		KUNIT_ASSERT_EQ(test, *(struct page **)page_address(page), page);
	free_all(&taken);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
	KUNIT_EXPECT_EQ(test, free_in_map(), before);
	KUNIT_EXPECT_STREQ(test, free_blocks(blocks_after, sizeof(blocks_after)), blocks);
}

/* Every second page is free: there is memory, but no block of two pages. */
static void fragments_make_no_block(struct kunit *test)
{
	struct page *page, *next;
	unsigned long half;
	LIST_HEAD(taken);

	while ((page = alloc_page(GFP_ATOMIC)))
		list_add(&page->lru, &taken);
	list_for_each_entry_safe(page, next, &taken, lru) {
		if (page_to_pfn(page) & 1)
			continue;
		list_del(&page->lru);
		__free_page(page);
	}
	half = nr_free_pages();
	KUNIT_EXPECT_TRUE(test, half > 1000);
	KUNIT_EXPECT_EQ(test, free_in_map(), half);
	KUNIT_EXPECT_NULL(test, alloc_pages(GFP_ATOMIC, 1));
	KUNIT_EXPECT_EQ(test, nr_free_pages(), half);
	free_all(&taken);
}

/* 1/256 of memory; and __get_free_pages() passes on what a caller may take. */
static void interrupts_have_a_reserve(struct kunit *test)
{
	struct page *page;
	unsigned long addr;
	LIST_HEAD(taken);

	while ((page = alloc_page(GFP_KERNEL)))
		list_add(&page->lru, &taken);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), pages_in_memblock / 256);
	KUNIT_EXPECT_EQ(test, __get_free_page(GFP_KERNEL), 0UL);
	KUNIT_EXPECT_EQ(test, __get_free_page(GFP_NOWAIT), 0UL);
	KUNIT_EXPECT_EQ(test, get_zeroed_page(GFP_KERNEL), 0UL);
	addr = __get_free_page(GFP_ATOMIC);
	KUNIT_EXPECT_NE(test, addr, 0UL);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), pages_in_memblock / 256 - 1);
	page = alloc_page(GFP_ATOMIC);
	KUNIT_EXPECT_NOT_NULL(test, page);
	list_add(&page->lru, &taken);
	free_page(addr);
	free_all(&taken);
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

/* A page that became the second half of a block is not in use, though no list has it. */
static void a_merged_page_is_free(struct kunit *test)
{
	struct page *page, *lower;
	LIST_HEAD(taken);

	while ((page = alloc_page(GFP_ATOMIC)))
		list_add(&page->lru, &taken);
	lower = virt_to_page(ram + SZ_2M);
	list_del(&lower->lru);
	list_del(&lower[1].lru);
	__free_page(lower);
	__free_page(lower + 1);
	KUNIT_EXPECT_EQ(test, lower->order, 1);
	KUNIT_EXPECT_TRUE(test, host_panics(free_it, lower + 1));
	free_all(&taken);
}

static void vfree_returns_the_pages(struct kunit *test)
{
	unsigned long before;

	vfree(vmalloc(5 * PAGE_SIZE)); /* the caches have their slabs now */
	before = nr_free_pages();
	vfree(vmalloc(5 * PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
}

static const struct kunit_case page_alloc_host_cases[] = {
	KUNIT_CASE(all_of_memblock_is_taken),
	KUNIT_CASE(memblock_gives_no_more),
	KUNIT_CASE(struct_pages_are_made_late),
	KUNIT_CASE(a_deferred_page_is_not_an_object),
	KUNIT_CASE(a_reserved_page_among_deferred_ones_is_given),
	KUNIT_CASE(every_page_once),
	KUNIT_CASE(fragments_make_no_block),
	KUNIT_CASE(interrupts_have_a_reserve),
	KUNIT_CASE(wrong_frees_are_bugs),
	KUNIT_CASE(a_merged_page_is_free),
	KUNIT_CASE(vfree_returns_the_pages),
	{},
};

static const struct kunit_suite page_alloc_host_suite = {
	.name = "page_alloc_host",
	.init = page_alloc_hosttest_init,
	.cases = page_alloc_host_cases,
};
kunit_test_suite(page_alloc_host_suite);
