/* SPDX-License-Identifier: MIT */
/*
 * What vmap_range.c is asked to map: pages in any order; a range that is none; a range for which a
 * table is missing, level by level, or is made by another caller at the same time. With the
 * architecture's real format, under watch (table_log.h).
 */
#include <asm/mem_type.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/pgalloc.h>
#include <mm/tests/mapping_check.h>
#include <mm/tests/table_log.h>
#include <mm/vmalloc.h>
#include <mm/vmap_range.h>

#define PHYS 0x10000000ULL

/* --- Two ways to map, which must fail alike --- */

#define MAX_PAGES 4

static struct page *pages[MAX_PAGES];

static int map_device(unsigned long start, unsigned long end)
{
	return ioremap_page_range(start, end, PHYS, get_mem_type(MT_DEVICE)->prot_pte);
}

static int map_pages(unsigned long start, unsigned long end)
{
	return vmap_pages_range(start, end, PAGE_KERNEL, pages, PAGE_SHIFT);
}

static int (*const ways[])(unsigned long start, unsigned long end) = { map_device, map_pages };

static int vmap_range_init(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < MAX_PAGES; i++) {
		pages[i] = alloc_page(GFP_KERNEL);
		if (!pages[i])
			return -ENOMEM;
	}
	return 0;
}

static void vmap_range_exit(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < MAX_PAGES; i++)
		__free_page(pages[i]);
}

/*
 * An address at a multiple of the largest level, with two tables of that level behind it, which no
 * call has mapped anything in. They are taken from the end of the space down.
 */
static unsigned long fresh_space(void)
{
	static unsigned long next;

	if (!next)
		next = ALIGN_DOWN(STATIC_IO_BASE, PGDIR_SIZE);
	next -= 2 * PGDIR_SIZE;
	return next;
}

/* --- Ranges that are none --- */

struct bad_range {
	int (*map)(unsigned long start, unsigned long end);
	unsigned long start, end;
};

static void map_bad_range(void *arg)
{
	struct bad_range *bad = arg;

	bad->map(bad->start, bad->end);
}

/* The walk would not meet its end, and fill the whole address space. */
static void an_empty_range_is_a_bug(struct kunit *test)
{
	unsigned long addr = fresh_space() + PMD_SIZE;
	unsigned int i, size;

	for (i = 0; i < ARRAY_SIZE(ways); i++) {
		for (size = 0; size <= 1; size++) {
			struct bad_range bad = { ways[i], addr, addr - size * PAGE_SIZE };

			host_reset();
			KUNIT_EXPECT_TRUE(test, host_panics(map_bad_range, &bad));
			KUNIT_EXPECT_NOT_NULL(test, strstr(host_panic_text, "addr >= end"));
			KUNIT_EXPECT_EQ(test, count_log().made, 0UL);
		}
	}
}

static void only_whole_pages_are_mapped(struct kunit *test)
{
	unsigned long addr = fresh_space();
	unsigned int warnings = host_warnings;

	host_reset();
	KUNIT_EXPECT_EQ(test,
			vmap_pages_range(addr, addr + PMD_SIZE, PAGE_KERNEL, pages, PMD_SHIFT),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, host_warnings, warnings + 1);
	KUNIT_EXPECT_EQ(test, count_log().made, 0UL);
}

/* --- Memory from all over the place --- */

/* Each page of the area leads to the page of its place, and the guard page to nothing. */
static void expect_pages(struct kunit *test, const void *addr, struct page **wanted, unsigned int n)
{
	unsigned long start = (unsigned long)addr;
	unsigned int i;

	for (i = 0; i < n; i++)
		expect_io_leaves(test, start + i * PAGE_SIZE, page_to_phys(wanted[i]), PAGE_SIZE,
				 MEMORY_CACHED, PAGE_SIZE);
	expect_hole(test, start + n * PAGE_SIZE, start + (n + 1) * PAGE_SIZE);
}

static void vmalloc_and_vmap_show_their_pages(struct kunit *test)
{
	struct page *turned[] = { pages[3], pages[0], pages[2], pages[1] };
	char *memory = vmalloc(3 * PAGE_SIZE), *map = vmap(turned, 4, 0, PAGE_KERNEL);

	KUNIT_ASSERT_TRUE(test, memory && map);
	expect_pages(test, memory, find_vm_area(memory)->pages, 3);
	expect_pages(test, map, turned, 4);
	vfree(memory);
	vunmap(map);
	expect_hole(test, (unsigned long)memory, (unsigned long)memory + 4 * PAGE_SIZE);
	expect_hole(test, (unsigned long)map, (unsigned long)map + 5 * PAGE_SIZE);
}

/* The array goes on behind a border, whichever way it is cut. */
static void pages_in_any_order_meet_a_border(struct kunit *test)
{
	struct page *turned[] = { pages[3], pages[0], pages[2], pages[1] };
	unsigned int before;

	for (before = 1; before < ARRAY_SIZE(turned); before++) {
		unsigned long start = fresh_space() + PMD_SIZE - before * PAGE_SIZE;
		unsigned long end = start + ARRAY_SIZE(turned) * PAGE_SIZE;

		host_reset();
		KUNIT_EXPECT_EQ(test, vmap_pages_range(start, end, PAGE_KERNEL, turned, PAGE_SHIFT),
				0);
		expect_pages(test, (void *)start, turned, ARRAY_SIZE(turned));
		expect_hole(test, start - PAGE_SIZE, start);
		vunmap_range(start, end);
		expect_no_mistake(test);
	}
}

/* --- Two callers that miss one table --- */

static void (*meanwhile)(unsigned long addr);
static unsigned long meanwhile_addr;

/* In the place of the host's: while a table is being allocated, another caller is faster. */
unsigned long get_zeroed_page(gfp_t gfp)
{
	void (*act)(unsigned long addr) = meanwhile;

	meanwhile = NULL;
	if (act)
		act(meanwhile_addr);
	return __get_free_pages(gfp | __GFP_ZERO, 0);
}

static void map_one_device_page(unsigned long addr)
{
	map_device(addr, addr + PAGE_SIZE);
}

/* Maps two pages, the second of them while the first one's table is allocated, if `race`. */
static unsigned int tables_of_two(unsigned long addr, bool race)
{
	unsigned int live = host_live_allocations();

	meanwhile_addr = addr + PAGE_SIZE;
	meanwhile = race ? map_one_device_page : NULL;
	map_one_device_page(addr);
	if (!race)
		map_one_device_page(addr + PAGE_SIZE);
	return host_live_allocations() - live;
}

/* A table that another caller has entered is used, and the page too many is freed. */
static void another_caller_was_faster(struct kunit *test)
{
	static const unsigned long levels[] = { PMD_SIZE, PUD_SIZE, PGDIR_SIZE };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(levels); i++) {
		unsigned long calm = fresh_space(), addr = fresh_space();
		unsigned int tables;

		map_one_device_page(calm); /* what is above the level is there from here on */
		map_one_device_page(addr);
		calm += levels[i];
		addr += levels[i];
		tables = tables_of_two(calm, false);
		host_reset();
		KUNIT_EXPECT_EQ(test, tables_of_two(addr, true), tables);
		expect_io_leaves(test, addr, PHYS, PAGE_SIZE, MEMORY_DEVICE, PAGE_SIZE);
		expect_io_leaves(test, addr + PAGE_SIZE, PHYS, PAGE_SIZE, MEMORY_DEVICE, PAGE_SIZE);
		vunmap_range(addr, addr + 2 * PAGE_SIZE);
		expect_no_mistake(test);
	}
}

/* --- Missing tables --- */

static unsigned int spanned(unsigned long start, unsigned long end, unsigned long size)
{
	return (end - 1) / size - start / size + 1;
}

/* Tables that fresh space needs for [start, end). A level that is folded has none of its own. */
static unsigned int tables_for(unsigned long start, unsigned long end)
{
	unsigned int tables = spanned(start, end, PMD_SIZE); /* of pte entries */

	if (PUD_SIZE > PMD_SIZE)
		tables += spanned(start, end, PUD_SIZE); /* of pmd entries */
	if (PGDIR_SIZE > PUD_SIZE)
		tables += spanned(start, end, PGDIR_SIZE); /* of pud entries */
	return tables;
}

/*
 * The n-th table of a range of three pages around a border is missing. What was mapped by then is
 * cleared and flushed. The tables stay, as they do after an unmap, so the second attempt allocates
 * the rest only.
 */
static void miss_table(struct kunit *test, int (*map)(unsigned long start, unsigned long end),
		       unsigned long level_size, unsigned int n)
{
	unsigned long border = fresh_space() + level_size;
	unsigned long start = border - PAGE_SIZE, end = border + 2 * PAGE_SIZE;
	unsigned int live = host_live_allocations();

	host_reset();
	page_alloc_fail_after(n);
	KUNIT_EXPECT_EQ(test, map(start, end), -ENOMEM);
	page_alloc_fail_after(0);
	KUNIT_EXPECT_EQ(test, host_live_allocations(), live + n - 1);
	expect_hole(test, start - PAGE_SIZE, end + PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, count_log().left_unflushed, 0UL);

	KUNIT_EXPECT_EQ(test, map(start, end), 0);
	KUNIT_EXPECT_EQ(test, host_live_allocations(), live + tables_for(start, end));
	KUNIT_EXPECT_NE(test, translate(start).size, 0UL);
	KUNIT_EXPECT_NE(test, translate(end - PAGE_SIZE).size, 0UL);
	vunmap_range(start, end);
	expect_hole(test, start - PAGE_SIZE, end + PAGE_SIZE);
	expect_no_mistake(test);
}

static void every_missing_table_is_survived(struct kunit *test)
{
	static const unsigned long levels[] = { PMD_SIZE, PUD_SIZE, PGDIR_SIZE };
	unsigned int i, level, n;

	for (i = 0; i < ARRAY_SIZE(ways); i++) {
		for (level = 0; level < ARRAY_SIZE(levels); level++) {
			unsigned long border = levels[level];
			unsigned int tables =
				tables_for(border - PAGE_SIZE, border + 2 * PAGE_SIZE);

			for (n = 1; n <= tables; n++)
				miss_table(test, ways[i], border, n);
		}
	}
}

static const struct kunit_case vmap_range_cases[] = {
	KUNIT_CASE(an_empty_range_is_a_bug),
	KUNIT_CASE(only_whole_pages_are_mapped),
	KUNIT_CASE(vmalloc_and_vmap_show_their_pages),
	KUNIT_CASE(pages_in_any_order_meet_a_border),
	KUNIT_CASE(another_caller_was_faster),
	KUNIT_CASE(every_missing_table_is_survived),
	{},
};

static const struct kunit_suite vmap_range_suite = {
	.name = "vmap_range",
	.init = vmap_range_init,
	.exit = vmap_range_exit,
	.cases = vmap_range_cases,
};
kunit_test_suite(vmap_range_suite);
