/* SPDX-License-Identifier: MIT */
/*
 * The page allocator on the host: it boots here, from a memblock with a hole and with memory above
 * the limit, and what ends in a panic can be tested.
 */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/tests/print_log.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <kernel/lib/string.h>
#include <mm/gfp.h>
#include <mm/memblock.h>
#include <mm/slab.h>
#include <mm/tests/boot_memory.h>
#include <mm/vmalloc.h>

/*
 * Two banks with a hole between them; all of it is one array, so the hole exists. The first bank
 * begins in the middle of a page.
 */
#define BANK_SIZE  (3 * SZ_8M + 3 * PAGE_SIZE)
#define HOLE_SIZE  (5 * PAGE_SIZE)
#define ABOVE_SIZE SZ_1M

static char ram[2 * BANK_SIZE + HOLE_SIZE + ABOVE_SIZE] __aligned(SZ_8M);
static unsigned long pages_in_memblock;
static bool no_memory_is_a_bug;

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

	if (totalram_pages())
		return;
	no_memory_is_a_bug = boot_without_memory(base);
	memblock_add(base + 100, BANK_SIZE - 100);
	memblock_add(base + BANK_SIZE + HOLE_SIZE, BANK_SIZE + ABOVE_SIZE);
	memblock_reserve(base + SZ_1M + 100, SZ_64K); /* not made of whole pages */
	memblock_set_current_limit(base + 2 * BANK_SIZE + HOLE_SIZE + 100);
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

	for (pfn = min_low_pfn; pfn < max_low_pfn; pfn++)
		if (pfn_to_page(pfn)->state == PAGE_FREE)
			free += 1UL << pfn_to_page(pfn)->order;
	return free;
}

/* Takes every page there is, and sees that none is in the hole, reserved or taken twice. */
static void every_page_once(struct kunit *test)
{
	phys_addr_t hole = __pa(ram) + BANK_SIZE;
	unsigned long n = 0, before = nr_free_pages();
	char blocks[160], blocks_after[160];
	struct page *page, *next;
	LIST_HEAD(taken);

	free_blocks(blocks, sizeof(blocks));
	KUNIT_EXPECT_EQ(test, free_in_map(), before);
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
	list_for_each_entry_safe(page, next, &taken, lru)
		__free_page(page);
}

/* 1/256 of memory; and __get_free_pages() passes on what a caller may take. */
static void interrupts_have_a_reserve(struct kunit *test)
{
	struct page *page, *next;
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

/* A page that became the second half of a block is not in use, though no list has it. */
static void a_merged_page_is_free(struct kunit *test)
{
	struct page *page, *next, *lower;
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
	list_for_each_entry_safe(page, next, &taken, lru)
		__free_page(page);
}

struct area {
	char *start, *end;
};

static void give_area(void *arg)
{
	struct area *area = arg;

	free_reserved_area(area->start, area->end, 0, NULL);
}

#define RESERVED     (ram + SZ_1M) /* to RESERVED_END; part of the first and the last page */
#define RESERVED_END (RESERVED + SZ_64K + PAGE_SIZE)

/* Pages in use, first or last in the area, and addresses that are no RAM. */
static void only_reserved_memory_can_be_given(struct kunit *test)
{
	struct area wrong[] = {
		{ RESERVED - PAGE_SIZE, RESERVED + PAGE_SIZE },
		{ RESERVED_END - PAGE_SIZE, RESERVED_END + PAGE_SIZE },
		{ ram - PAGE_SIZE, ram },
		{ ram + sizeof(ram), ram + sizeof(ram) + PAGE_SIZE },
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
	char *start = RESERVED, *end = RESERVED_END;

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

static void vfree_returns_the_pages(struct kunit *test)
{
	unsigned long before;

	vfree(vmalloc(5 * PAGE_SIZE)); /* the caches have their slabs now */
	before = nr_free_pages();
	vfree(vmalloc(5 * PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
}

/* --- Objects --- */

/* A wrong free warns, once; a right one does not. */
static void only_wrong_frees_warn(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("host_test", 96, 0);
	char *small = kmalloc(10, GFP_KERNEL), *large = kmalloc(KMALLOC_MAX_SIZE, GFP_KERNEL);
	char *object = kmem_cache_alloc(cache, GFP_KERNEL);

	KUNIT_ASSERT_TRUE(test, small && large && object);
	host_reset();
	kfree(NULL);
	kmem_cache_destroy(NULL);
	kfree(small);
	kmem_cache_free(cache, object);
	KUNIT_EXPECT_EQ(test, host_warnings, 0U);
	kfree(small);
	KUNIT_EXPECT_EQ(test, host_warnings, 1U);
	kfree(large + PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, host_warnings, 2U);
	kmem_cache_free(cache, object);
	KUNIT_EXPECT_EQ(test, host_warnings, 3U);
	kmem_cache_free(cache, object + 1);
	KUNIT_EXPECT_EQ(test, host_warnings, 4U);
	kfree(large);
	kmem_cache_destroy(cache);
	KUNIT_EXPECT_EQ(test, host_warnings, 4U);
}

/* What a use after free may write: which word of a free object, and what. */
struct stray_write {
	struct kmem_cache *cache;
	unsigned int word;
	unsigned long value;
};

static void write_after_free(void *arg)
{
	struct stray_write *stray = arg;
	unsigned long *object = kmem_cache_alloc(stray->cache, GFP_KERNEL);

	kmem_cache_free(stray->cache, object);
	object[stray->word] = stray->value;
	kmem_cache_alloc(stray->cache, GFP_KERNEL);
}

/* Noticed when the object is allocated again. Its cache stays locked, so each write has its own. */
static void use_after_free_is_a_bug(struct kunit *test)
{
	static unsigned long elsewhere[2];
	struct stray_write strays[] = {
		{ .word = 1, .value = 1 },
		{ .word = 1, .value = 0 },
		{ .word = 0, .value = (unsigned long)elsewhere },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(strays); i++) {
		strays[i].cache = kmem_cache_create("victim", 64, 0);
		if (!host_panics(write_after_free, &strays[i]))
			KUNIT_FAIL(test, "write %u was not noticed", i);
	}
}

static const struct kunit_case page_alloc_host_cases[] = {
	KUNIT_CASE(all_of_memblock_is_taken),
	KUNIT_CASE(memblock_gives_no_more),
	KUNIT_CASE(every_page_once),
	KUNIT_CASE(fragments_make_no_block),
	KUNIT_CASE(interrupts_have_a_reserve),
	KUNIT_CASE(wrong_frees_are_bugs),
	KUNIT_CASE(a_merged_page_is_free),
	KUNIT_CASE(only_reserved_memory_can_be_given),
	KUNIT_CASE(reserved_memory_is_given),
	KUNIT_CASE(vfree_returns_the_pages),
	KUNIT_CASE(only_wrong_frees_warn),
	KUNIT_CASE(use_after_free_is_a_bug),
	{},
};

static const struct kunit_suite page_alloc_host_suite = {
	.name = "page_alloc_host",
	.init = page_alloc_hosttest_init,
	.cases = page_alloc_host_cases,
};
kunit_test_suite(page_alloc_host_suite);
