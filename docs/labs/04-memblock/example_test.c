/* SPDX-License-Identifier: MIT */
/*
 * Examples of what memblock does: one case for each check of the lab, named like the check. They
 * are yours to read and to extend. The grader has tests of its own, with other values.
 *
 * Each case begins with empty lists; those of boot are put aside.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/memblock.h>

static struct memblock saved;
static struct memblock_region memory[INIT_MEMBLOCK_REGIONS], reserved[INIT_MEMBLOCK_REGIONS];

static int setup(struct kunit *test)
{
	saved = memblock;
	memblock = (struct memblock){
		.current_limit = MEMBLOCK_ALLOC_ANYWHERE,
		.memory = { .max = INIT_MEMBLOCK_REGIONS, .regions = memory, .name = "memory" },
		.reserved = { .max = INIT_MEMBLOCK_REGIONS,
			      .regions = reserved,
			      .name = "reserved" },
	};
	return 0;
}

static void restore(struct kunit *test)
{
	memblock = saved;
}

/* Region number i of the memory list. */
static void expect_memory(struct kunit *test, unsigned int i, phys_addr_t base, phys_addr_t size)
{
	KUNIT_ASSERT_TRUE(test, i < memblock.memory.cnt);
	KUNIT_EXPECT_EQ(test, memblock.memory.regions[i].base, base);
	KUNIT_EXPECT_EQ(test, memblock.memory.regions[i].size, size);
}

static void join(struct kunit *test)
{
	memblock_add(0x1000, 0x1000);
	memblock_add(0x4000, 0x1000);
	KUNIT_EXPECT_EQ(test, memblock.memory.cnt, 2UL);
	memblock_add(0x2000, 0x2000);
	KUNIT_EXPECT_EQ(test, memblock.memory.cnt, 1UL);
	expect_memory(test, 0, 0x1000, 0x4000);
	KUNIT_EXPECT_EQ(test, memblock_phys_mem_size(), 0x4000ULL);
}

static void split(struct kunit *test)
{
	memblock_add(0x1000, 0x9000);
	memblock_remove(0x4000, 0x2000);
	KUNIT_EXPECT_EQ(test, memblock.memory.cnt, 2UL);
	expect_memory(test, 0, 0x1000, 0x3000);
	expect_memory(test, 1, 0x6000, 0x4000);
}

static void questions(struct kunit *test)
{
	memblock_add(0x1000, 0x1000);
	memblock_reserve(0x1400, 0x100);
	KUNIT_EXPECT_TRUE(test, memblock_is_memory(0x1fff));
	KUNIT_EXPECT_FALSE(test, memblock_is_memory(0x2000));
	KUNIT_EXPECT_TRUE(test, memblock_is_region_reserved(0x1000, 0x1000));
	KUNIT_EXPECT_FALSE(test, memblock_is_region_reserved(0x1000, 0x400));
}

static void trim(struct kunit *test)
{
	memblock_add(0x1800, 0x2000);
	memblock_trim_memory(0x1000);
	KUNIT_EXPECT_EQ(test, memblock.memory.cnt, 1UL);
	expect_memory(test, 0, 0x2000, 0x1000);
}

static void free(struct kunit *test)
{
	phys_addr_t pos = 0, start, end;

	memblock_add(0x1000, 0x4000);
	memblock_reserve(0x2000, 0x1000);
	KUNIT_ASSERT_TRUE(test, memblock_next_free_range(&pos, &start, &end));
	KUNIT_EXPECT_EQ(test, start, 0x1000ULL);
	KUNIT_EXPECT_EQ(test, end, 0x2000ULL);
	KUNIT_ASSERT_TRUE(test, memblock_next_free_range(&pos, &start, &end));
	KUNIT_EXPECT_EQ(test, start, 0x3000ULL);
	KUNIT_EXPECT_EQ(test, end, 0x5000ULL);
	KUNIT_EXPECT_FALSE(test, memblock_next_free_range(&pos, &start, &end));
}

static void place(struct kunit *test)
{
	memblock_add(0x10000, 0x10000);
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc(0x200, 0x1000), 0x1f000ULL);
	memblock_set_bottom_up(true);
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc(0x200, 0x1000), 0x10000ULL);
}

static void limits(struct kunit *test)
{
	memblock_add(0x10000, 0x10000);
	memblock_set_current_limit(0x14000);
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc(0x1000, 1), 0x13000ULL);
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc_range(0x1000, 1, 0, 0x18000), 0x17000ULL);
	KUNIT_EXPECT_EQ(test, memblock_phys_alloc_range(0x1000, 1, 0x17800, 0x18000), 0ULL);
}

/* A cell a page: every change is made to both, and both must agree. */
static void model(struct kunit *test)
{
	bool cells[16] = { false };
	unsigned int i, round, seed = 1;

	for (round = 0; round < 200; round++) {
		unsigned int first = (seed >> 16) % 16, count = (seed >> 20) % (17 - first);
		bool add = seed & 0x40000000;

		seed = seed * 1103515245 + 12345;
		if (add)
			memblock_add((first + 1) * 0x1000ULL, count * 0x1000ULL);
		else
			memblock_remove((first + 1) * 0x1000ULL, count * 0x1000ULL);
		for (i = first; i < first + count; i++)
			cells[i] = add;
		for (i = 0; i < 16; i++)
			KUNIT_ASSERT_EQ(test, memblock_is_memory((i + 1) * 0x1000ULL), cells[i]);
	}
}

static const struct kunit_case lab4_cases[] = {
	KUNIT_CASE(join),   KUNIT_CASE(split), KUNIT_CASE(questions),
	KUNIT_CASE(trim),   KUNIT_CASE(free),  KUNIT_CASE(place),
	KUNIT_CASE(limits), KUNIT_CASE(model), {},
};

static const struct kunit_suite lab4 = {
	.name = "lab4",
	.init = setup,
	.exit = restore,
	.cases = lab4_cases,
};
kunit_test_suite(lab4);
