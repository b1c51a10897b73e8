/* SPDX-License-Identifier: MIT */
/*
 * memblock, rule by rule, and a long random walk against a model that is a plain array of cells.
 *
 * Addresses are made up, except where memory is written to: those lie in `ram`.
 */
#include "memblock_fixture.h"

#include <asm/memlayout.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>

#define RAM_SIZE (16 * PAGE_SIZE)
#define TOP      MEMBLOCK_ALLOC_ANYWHERE

static char ram[RAM_SIZE] __aligned(4096);

static void expect_regions(struct kunit *test, const struct memblock_type *type,
			   const struct memblock_region *want, unsigned long cnt)
{
	phys_addr_t total = 0;
	unsigned long i;

	KUNIT_ASSERT_EQ(test, type->cnt, cnt);
	for (i = 0; i < cnt; i++) {
		KUNIT_EXPECT_EQ(test, type->regions[i].base, want[i].base);
		KUNIT_EXPECT_EQ(test, type->regions[i].size, want[i].size);
		KUNIT_EXPECT_EQ(test, type->regions[i].flags, want[i].flags);
		total += want[i].size;
	}
	KUNIT_EXPECT_EQ(test, type->total_size, total);
}

#define EXPECT_REGIONS(test, type, ...)                                                 \
	expect_regions(test, &memblock.type, (struct memblock_region[]){ __VA_ARGS__ }, \
		       ARRAY_SIZE(((struct memblock_region[]){ __VA_ARGS__ })))

static void expect_empty(struct kunit *test, const struct memblock_type *type)
{
	static const struct memblock_region zero;

	KUNIT_EXPECT_EQ(test, type->cnt, 0UL);
	KUNIT_EXPECT_EQ(test, type->total_size, 0ULL);
	KUNIT_EXPECT_EQ(test, memcmp(&type->regions[0], &zero, sizeof(zero)), 0);
}

/* --- The lists --- */

static void add_joins_what_touches_test(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, memblock_add(0x3000, 0x1000), 0);
	memblock_add(0x1000, 0x1000);
	EXPECT_REGIONS(test, memory, { 0x1000, 0x1000, 0 }, { 0x3000, 0x1000, 0 });
	memblock_add(0x2000, 0x1000);
	EXPECT_REGIONS(test, memory, { 0x1000, 0x3000, 0 });
	memblock_add(0x800, 0x4000);
	EXPECT_REGIONS(test, memory, { 0x800, 0x4000, 0 });
	memblock_add(0x1000, 0x10);
	EXPECT_REGIONS(test, memory, { 0x800, 0x4000, 0 });
	KUNIT_EXPECT_EQ(test, memblock_phys_mem_size(), 0x4000ULL);
}

static void unlike_flags_stay_apart_test(struct kunit *test)
{
	memblock_add_node(0x2000, 0x1000, NUMA_NO_NODE, MEMBLOCK_HOTPLUG);
	memblock_add_node(0x4000, 0x1000, NUMA_NO_NODE, MEMBLOCK_MIRROR);
	memblock_add(0x1000, 0x5000);
	EXPECT_REGIONS(test, memory, { 0x1000, 0x1000, 0 }, { 0x2000, 0x1000, MEMBLOCK_HOTPLUG },
		       { 0x3000, 0x1000, 0 }, { 0x4000, 0x1000, MEMBLOCK_MIRROR },
		       { 0x5000, 0x1000, 0 });
}

static void empty_and_wrapping_ranges_test(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, memblock_add(0x1000, 0), 0);
	KUNIT_EXPECT_EQ(test, memblock_reserve(0, 0), 0);
	expect_empty(test, &memblock.memory);
	expect_empty(test, &memblock.reserved);

	memblock_reserve(TOP - 0xfff, 0x10000);
	EXPECT_REGIONS(test, reserved, { TOP - 0xfff, 0xfff, 0 });
	memblock_reserve(TOP, 0x1000);
	EXPECT_REGIONS(test, reserved, { TOP - 0xfff, 0xfff, 0 });
	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(TOP - 1));
	KUNIT_EXPECT_FALSE(test, memblock_is_reserved(TOP));
	memblock_phys_free(0, TOP);
	expect_empty(test, &memblock.reserved);
}

static void remove_splits_and_trims_test(struct kunit *test)
{
	memblock_add(0x1000, 0x9000);
	memblock_remove(0x3000, 0x1000);
	EXPECT_REGIONS(test, memory, { 0x1000, 0x2000, 0 }, { 0x4000, 0x6000, 0 });
	memblock_remove(0x2000, 0x3000);
	EXPECT_REGIONS(test, memory, { 0x1000, 0x1000, 0 }, { 0x5000, 0x5000, 0 });
	KUNIT_EXPECT_EQ(test, memblock_remove(0x2000, 0x3000), 0);
	memblock_remove(0x1000, 0);
	EXPECT_REGIONS(test, memory, { 0x1000, 0x1000, 0 }, { 0x5000, 0x5000, 0 });
	memblock_remove(0, TOP);
	expect_empty(test, &memblock.memory);
}

static void free_undoes_reserve_test(struct kunit *test)
{
	memblock_reserve(0x1000, 0x3000);
	memblock_phys_free(0x2000, 0x1000);
	EXPECT_REGIONS(test, reserved, { 0x1000, 0x1000, 0 }, { 0x3000, 0x1000, 0 });
	memblock_free(NULL, 0x5000);
	memblock_free(__va(__pa(ram)), 0x1000);
	EXPECT_REGIONS(test, reserved, { 0x1000, 0x1000, 0 }, { 0x3000, 0x1000, 0 });
	KUNIT_EXPECT_EQ(test, memblock_reserved_size(), 0x2000ULL);
}

static void mark_nomap_test(struct kunit *test)
{
	memblock_add(0x1000, 0x4000);
	KUNIT_EXPECT_EQ(test, memblock_mark_nomap(0x2000, 0x1000), 0);
	EXPECT_REGIONS(test, memory, { 0x1000, 0x1000, 0 }, { 0x2000, 0x1000, MEMBLOCK_NOMAP },
		       { 0x3000, 0x2000, 0 });
	KUNIT_EXPECT_TRUE(test, memblock_is_memory(0x2000));
	KUNIT_EXPECT_FALSE(test, memblock_is_map_memory(0x2fff));
	KUNIT_EXPECT_TRUE(test, memblock_is_map_memory(0x3000));
	memblock_mark_nomap(0x4800, 0x10000);
	EXPECT_REGIONS(test, memory, { 0x1000, 0x1000, 0 }, { 0x2000, 0x1000, MEMBLOCK_NOMAP },
		       { 0x3000, 0x1800, 0 }, { 0x4800, 0x800, MEMBLOCK_NOMAP });
	memblock_clear_nomap(0, TOP);
	EXPECT_REGIONS(test, memory, { 0x1000, 0x4000, 0 });
}

/* --- Bounds and questions --- */

static void trim_test(struct kunit *test)
{
	memblock_add(0x1800, 0x3000);
	memblock_add(0x6800, 0x1000);
	memblock_add_node(0x8000, 0x1000, NUMA_NO_NODE, MEMBLOCK_NOMAP);
	memblock_add(TOP - 0x1fff, 0x800);
	memblock_add(TOP - 0x7ff, 0x7ff);
	memblock_trim_memory(0x1000);
	EXPECT_REGIONS(test, memory, { 0x2000, 0x2000, 0 }, { 0x8000, 0x1000, MEMBLOCK_NOMAP });
	memblock_trim_memory(0x4000);
	expect_empty(test, &memblock.memory);
}

static void bounds_test(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, memblock_start_of_DRAM(), 0ULL);
	KUNIT_EXPECT_EQ(test, memblock_end_of_DRAM(), 0ULL);
	memblock_add(0x40000000, 0x10000000);
	memblock_add(0x8080000000, 0x80000000);
	KUNIT_EXPECT_EQ(test, memblock_start_of_DRAM(), 0x40000000ULL);
	KUNIT_EXPECT_EQ(test, memblock_end_of_DRAM(), 0x8100000000ULL);
}

static void questions_test(struct kunit *test)
{
	memblock_add(0x1000, 0x1000);
	memblock_add_node(0x2000, 0x1000, NUMA_NO_NODE, MEMBLOCK_HOTPLUG);
	memblock_reserve(0x1800, 0x100);

	KUNIT_EXPECT_FALSE(test, memblock_is_memory(0xfff));
	KUNIT_EXPECT_TRUE(test, memblock_is_memory(0x1000));
	KUNIT_EXPECT_TRUE(test, memblock_is_memory(0x2fff));
	KUNIT_EXPECT_FALSE(test, memblock_is_memory(0x3000));
	KUNIT_EXPECT_EQ(test, memblock_search_region(0x2100)->base, 0x2000ULL);
	KUNIT_EXPECT_NULL(test, memblock_search_region(0x3000));

	KUNIT_EXPECT_TRUE(test, memblock_is_region_memory(0x1000, 0x1000));
	KUNIT_EXPECT_FALSE(test, memblock_is_region_memory(0x1000, 0x1001));
	KUNIT_EXPECT_FALSE(test, memblock_is_region_memory(0x2fff, TOP));
	KUNIT_EXPECT_FALSE(test, memblock_is_region_memory(0xfff, 1));

	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(0x18ff));
	KUNIT_EXPECT_FALSE(test, memblock_is_reserved(0x1900));
	KUNIT_EXPECT_TRUE(test, memblock_is_region_reserved(0x18ff, 1));
	KUNIT_EXPECT_TRUE(test, memblock_is_region_reserved(0, TOP));
	KUNIT_EXPECT_FALSE(test, memblock_is_region_reserved(0x1000, 0x800));
	KUNIT_EXPECT_FALSE(test, memblock_is_region_reserved(0x1900, TOP));
	KUNIT_EXPECT_FALSE(test, memblock_is_region_reserved(0x1880, 0));
	KUNIT_EXPECT_TRUE(test, memblock_overlaps_region(&memblock.memory, 0x2fff, 0x10));
}

/* --- Allocation --- */

static phys_addr_t phys_alloc(phys_addr_t size, phys_addr_t align)
{
	return memblock_phys_alloc(size, align);
}

static void alloc_from_the_top_test(struct kunit *test)
{
	memblock_add(0x10000, 0x10000);
	KUNIT_EXPECT_EQ(test, phys_alloc(0x101, 0x1000), 0x1f000ULL);
	EXPECT_REGIONS(test, reserved, { 0x1f000, 0x101, 0 });
	KUNIT_EXPECT_EQ(test, phys_alloc(1, 0), 0x1ffc0ULL);
	KUNIT_EXPECT_EQ(test, phys_alloc(0xf000, 1), 0x10000ULL);
	KUNIT_EXPECT_EQ(test, phys_alloc(0x1000, 1), 0ULL);
	KUNIT_EXPECT_EQ(test, phys_alloc(0, 1), 0ULL);
	EXPECT_REGIONS(test, reserved, { 0x10000, 0xf101, 0 }, { 0x1ffc0, 1, 0 });
}

static void alloc_from_the_bottom_test(struct kunit *test)
{
	memblock_set_bottom_up(true);
	KUNIT_EXPECT_TRUE(test, memblock_bottom_up());
	memblock_add(0, 0x10000);
	KUNIT_EXPECT_EQ(test, phys_alloc(0x10, 0), 0x1000ULL);
	KUNIT_EXPECT_EQ(test, phys_alloc(0x10, 0x1000), 0x2000ULL);
	KUNIT_EXPECT_EQ(test, phys_alloc(0x10, 0), 0x1040ULL);
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc_range(0x10, 1, 0x8001, 0), 0x8001ULL);
}

static void page_zero_is_never_given_test(struct kunit *test)
{
	memblock_add(0, 0x1800);
	KUNIT_EXPECT_EQ(test, phys_alloc(0x1000, 1), 0ULL);
	KUNIT_EXPECT_EQ(test, phys_alloc(0x800, 1), 0x1000ULL);
	KUNIT_EXPECT_EQ(test, phys_alloc(1, 1), 0ULL);
}

static void alloc_stays_in_one_region_test(struct kunit *test)
{
	memblock_add(0x10000, 0x1000);
	memblock_add_node(0x11000, 0x1000, NUMA_NO_NODE, MEMBLOCK_HOTPLUG);
	memblock_add_node(0x12000, 0x4000, NUMA_NO_NODE, MEMBLOCK_NOMAP);
	KUNIT_EXPECT_EQ(test, phys_alloc(0x1001, 1), 0ULL);
	KUNIT_EXPECT_EQ(test, phys_alloc(0x1000, 1), 0x11000ULL);
}

static void alloc_limits_test(struct kunit *test)
{
	memblock_add(0x10000, 0x10000);
	memblock_set_current_limit(0x18000);
	KUNIT_EXPECT_EQ(test, phys_alloc(0x1000, 1), 0x17000ULL);
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc_range(0x1000, 1, 0, TOP), 0x1f000ULL);
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc_range(0x1000, 1, 0, 0x19000), 0x18000ULL);
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc_range(0x1000, 1, 0, 0), 0x16000ULL);
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc_range(0x1000, 1, 0, 0x12000), 0x11000ULL);
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc_range(0x1000, 1, 0x15800, 0x17800), 0ULL);
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc_range(0x1000, 1, 0x1f000, TOP), 0ULL);
	KUNIT_EXPECT_TRUE(test, memblock_alloc_try_nid_raw(0x1000, 1, 0, TOP, NUMA_NO_NODE) ==
					__va(0x15000));
	KUNIT_EXPECT_NULL(test, memblock_alloc_try_nid_raw(0x6000, 1, 0, TOP, NUMA_NO_NODE));
	memblock_set_current_limit(0);
	KUNIT_EXPECT_EQ(test, phys_alloc(1, 1), 0ULL);
	KUNIT_EXPECT_NULL(test, memblock_alloc_try_nid_raw(1, 1, 0, TOP, NUMA_NO_NODE));
}

static void alloc_falls_back_below_min_test(struct kunit *test)
{
	phys_addr_t base = __pa(ram);

	memblock_add(base, RAM_SIZE);
	KUNIT_EXPECT_EQ(test, __pa(memblock_alloc_from(0x100, 1, base + RAM_SIZE - 0x80)),
			base + RAM_SIZE - 0x100);
	memblock_set_bottom_up(true);
	KUNIT_EXPECT_EQ(test, __pa(memblock_alloc_from(0x100, 1, base + 0x80)), base + 0x80);
	KUNIT_EXPECT_NULL(test,
			  memblock_alloc_try_nid(0x100, 1, base + 0x80, base + 0x80, NUMA_NO_NODE));
	KUNIT_EXPECT_NULL(test, memblock_alloc(RAM_SIZE, 1));
}

static bool all_bytes(const char *bytes, size_t size, char value)
{
	while (size && *bytes == value) {
		bytes++;
		size--;
	}
	return !size;
}

static void alloc_zeroes_and_raw_does_not_test(struct kunit *test)
{
	char *ptr;

	memblock_add(__pa(ram), RAM_SIZE);
	memset(ram, 0x5a, RAM_SIZE);
	ptr = memblock_alloc(0x80, 0);
	KUNIT_ASSERT_NOT_NULL(test, ptr);
	KUNIT_EXPECT_TRUE(test, all_bytes(ptr, 0x80, 0));
	KUNIT_EXPECT_TRUE(test, all_bytes(ram, RAM_SIZE - 0x80, 0x5a));
	memblock_free(ptr, 0x80);
	expect_empty(test, &memblock.reserved);

	memset(ram, 0x5a, RAM_SIZE);
	KUNIT_EXPECT_TRUE(test, all_bytes(memblock_alloc_raw(0x80, 0), 0x80, 0x5a));
	KUNIT_EXPECT_TRUE(test, all_bytes(memblock_alloc_try_nid_raw(0x40, 0, 0, 0, NUMA_NO_NODE),
					  0x40, 0x5a));
}

static void free_ranges_test(struct kunit *test)
{
	static const phys_addr_t want[][2] = { { 0x0, 0x800 },
					       { 0x1800, 0x2000 },
					       { 0x5000, 0x6000 } };
	phys_addr_t pos, start, end;
	unsigned int n = 0;

	memblock_add(0, 0x2000);
	memblock_add_node(0x3000, 0x1000, NUMA_NO_NODE, MEMBLOCK_NOMAP);
	memblock_add(0x4000, 0x2000);
	memblock_reserve(0x800, 0x1000);
	memblock_reserve(0x3800, 0x1800);
	for_each_free_mem_range(pos, &start, &end) {
		KUNIT_ASSERT_TRUE(test, n < ARRAY_SIZE(want));
		KUNIT_EXPECT_EQ(test, start, want[n][0]);
		KUNIT_EXPECT_EQ(test, end, want[n][1]);
		n++;
	}
	KUNIT_EXPECT_EQ(test, n, (unsigned int)ARRAY_SIZE(want));
}

static const struct kunit_case cases[] = {
	KUNIT_CASE(add_joins_what_touches_test),
	KUNIT_CASE(unlike_flags_stay_apart_test),
	KUNIT_CASE(empty_and_wrapping_ranges_test),
	KUNIT_CASE(remove_splits_and_trims_test),
	KUNIT_CASE(free_undoes_reserve_test),
	KUNIT_CASE(mark_nomap_test),
	KUNIT_CASE(trim_test),
	KUNIT_CASE(bounds_test),
	KUNIT_CASE(questions_test),
	KUNIT_CASE(alloc_from_the_top_test),
	KUNIT_CASE(alloc_from_the_bottom_test),
	KUNIT_CASE(page_zero_is_never_given_test),
	KUNIT_CASE(alloc_stays_in_one_region_test),
	KUNIT_CASE(alloc_limits_test),
	KUNIT_CASE(alloc_falls_back_below_min_test),
	KUNIT_CASE(alloc_zeroes_and_raw_does_not_test),
	KUNIT_CASE(free_ranges_test),
	{},
};

static const struct kunit_suite memblock_suite = {
	.name = "memblock",
	.init = memblock_fixture_init,
	.exit = memblock_fixture_exit,
	.cases = cases,
};
kunit_test_suite(memblock_suite);
