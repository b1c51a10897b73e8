/* SPDX-License-Identifier: MIT */
/*
 * What memblock does when a list is full: 128 regions fit, the 129th moves the list into an array
 * twice as long, which must not lie in the range that is being reserved.
 */
#include "memblock_fixture.h"

#include <asm/memlayout.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>

/* Real memory, for lists are written to; only the whole pages inside count. */
#define RAM_PAGES 32

static char ram[RAM_PAGES * 4096] __aligned(4096);

#define RAM_BASE __pa(ram)
#define RAM_END  (RAM_BASE + sizeof(ram))

static size_t array_bytes(unsigned long max)
{
	return ALIGN(max * sizeof(struct memblock_region), PAGE_SIZE);
}

/* 128 single bytes of a list, every other one, from base. */
static void fill(int (*add)(phys_addr_t base, phys_addr_t size), phys_addr_t base)
{
	unsigned int i;

	for (i = 0; i < INIT_MEMBLOCK_REGIONS; i++)
		add(base + 2 * i, 1);
}

static int full_init(struct kunit *test)
{
	memblock_fixture_init(test);
	memblock_allow_resize();
	return 0;
}

static void full_list_stays_where_it_fits_test(struct kunit *test)
{
	fill(memblock_reserve, 0x10000);
	KUNIT_EXPECT_EQ(test, memblock.reserved.cnt, 128UL);
	KUNIT_EXPECT_EQ(test, memblock_reserve(0x10000, 1), 0);
	KUNIT_EXPECT_EQ(test, memblock_reserve(0x10001, 1), 0);
	KUNIT_EXPECT_EQ(test, memblock.reserved.cnt, 127UL);
	KUNIT_EXPECT_EQ(test, memblock_phys_free(0x10001, 1), 0);
	KUNIT_EXPECT_EQ(test, memblock_phys_free(0x10002, 3), 0);
	KUNIT_EXPECT_EQ(test, memblock.reserved.cnt, 126UL);
	KUNIT_EXPECT_EQ(test, memblock.reserved.max, 128UL);
}

static void no_memory_for_a_longer_list_test(struct kunit *test)
{
	fill(memblock_reserve, 0x10000);
	KUNIT_EXPECT_EQ(test, memblock_reserve(0x20000, 1), -ENOMEM);
	KUNIT_EXPECT_EQ(test, memblock.reserved.cnt, 128UL);
	KUNIT_EXPECT_EQ(test, memblock.reserved.max, 128UL);
	KUNIT_EXPECT_EQ(test, memblock_reserved_size(), 128ULL);
}

/* Reserve size bytes at base as the 129th region, and say where the list went. */
static phys_addr_t double_reserved(struct kunit *test, phys_addr_t base, phys_addr_t size)
{
	memblock_add(RAM_BASE, sizeof(ram));
	fill(memblock_reserve, 0x400);
	KUNIT_EXPECT_EQ(test, memblock_reserve(base, size), 0);
	KUNIT_EXPECT_EQ(test, memblock.reserved.max, 256UL);
	KUNIT_EXPECT_TRUE(test, memblock_is_region_reserved(base, 1));
	KUNIT_EXPECT_EQ(test, memblock_reserved_size(), 128 + size + array_bytes(256));
	return __pa(memblock.reserved.regions);
}

static void longer_list_goes_above_test(struct kunit *test)
{
	phys_addr_t array = double_reserved(test, RAM_BASE + 0x1800, 0x100);

	KUNIT_EXPECT_EQ(test, array, RAM_END - array_bytes(256));
	KUNIT_EXPECT_EQ(test, memblock.reserved.cnt, 130UL);
	KUNIT_EXPECT_TRUE(test, memblock_is_region_reserved(array, 1));
	KUNIT_EXPECT_EQ(test, memblock.reserved.regions[127].base, 0x400 + 254ULL);
}

static void longer_list_goes_below_test(struct kunit *test)
{
	phys_addr_t base = RAM_END - PAGE_SIZE - 0x800;

	KUNIT_EXPECT_EQ(test, double_reserved(test, base, PAGE_SIZE),
			base - 0x800 - array_bytes(256));
}

static void longer_list_is_never_what_is_reserved_test(struct kunit *test)
{
	memblock_add(RAM_BASE, sizeof(ram));
	fill(memblock_reserve, 0x400);
	KUNIT_EXPECT_EQ(test, memblock_reserve(RAM_BASE, sizeof(ram)), -ENOMEM);
	KUNIT_EXPECT_FALSE(test, memblock_is_region_reserved(RAM_BASE, sizeof(ram)));
}

static void bottom_up_list_goes_above_test(struct kunit *test)
{
	memblock_set_bottom_up(true);
	KUNIT_EXPECT_EQ(test, double_reserved(test, RAM_BASE + 0x1800, 0x100),
			RAM_BASE + 2 * PAGE_SIZE);
}

static void memory_list_doubles_test(struct kunit *test)
{
	memblock_add(RAM_BASE, sizeof(ram));
	fill(memblock_add, 0x400);
	KUNIT_EXPECT_EQ(test, memblock.memory.cnt, 129UL);
	KUNIT_EXPECT_EQ(test, memblock.memory.max, 256UL);
	KUNIT_EXPECT_EQ(test, __pa(memblock.memory.regions), RAM_END - array_bytes(256));
	KUNIT_EXPECT_EQ(test, memblock_reserved_size(), array_bytes(256) + 0ULL);
	KUNIT_EXPECT_EQ(test, memblock_phys_mem_size(), 128ULL + sizeof(ram));
}

static void second_doubling_frees_the_second_array_test(struct kunit *test)
{
	memblock_add(RAM_BASE, sizeof(ram));
	fill(memblock_reserve, 0x400);
	fill(memblock_reserve, 0x800);
	fill(memblock_reserve, 0xc00);
	KUNIT_EXPECT_EQ(test, memblock.reserved.max, 512UL);
	KUNIT_EXPECT_EQ(test, memblock_reserved_size(), 3 * 128 + array_bytes(512) + 0ULL);
	KUNIT_EXPECT_FALSE(test, memblock_is_region_reserved(RAM_END - PAGE_SIZE, PAGE_SIZE));
}

/* It may be part of the kernel image, which is reserved as a whole. */
static void first_array_is_not_freed_test(struct kunit *test)
{
	phys_addr_t base = __pa(fixture_reserved);

	memblock_add(RAM_BASE, sizeof(ram));
	memblock_reserve(base, sizeof(fixture_reserved));
	fill(memblock_reserve, 0x400);
	KUNIT_EXPECT_EQ(test, memblock.reserved.max, 256UL);
	KUNIT_EXPECT_TRUE(test, memblock_is_reserved(base));
}

static const struct kunit_case cases[] = {
	KUNIT_CASE(full_list_stays_where_it_fits_test),
	KUNIT_CASE(no_memory_for_a_longer_list_test),
	KUNIT_CASE(longer_list_goes_above_test),
	KUNIT_CASE(longer_list_goes_below_test),
	KUNIT_CASE(longer_list_is_never_what_is_reserved_test),
	KUNIT_CASE(bottom_up_list_goes_above_test),
	KUNIT_CASE(memory_list_doubles_test),
	KUNIT_CASE(first_array_is_not_freed_test),
	KUNIT_CASE(second_doubling_frees_the_second_array_test),
	{},
};

static const struct kunit_suite memblock_full_suite = {
	.name = "memblock_full",
	.init = full_init,
	.exit = memblock_fixture_exit,
	.cases = cases,
};
kunit_test_suite(memblock_full_suite);
