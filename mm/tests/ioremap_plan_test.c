/* SPDX-License-Identifier: MIT */
/*
 * The plan of ioremap(): a pure function of its arguments, of memblock and of the static mappings.
 * RAM is made up here; the static window is that of the virt machine.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/ioremap.h>
#include <mm/static_vm.h>
#include <mm/tests/memblock_fixture.h>

#define RAM 0x40000000ULL
/* Below the device tree of the machine that this runs on: its window counts here, too. */
#define RAM_END    0x47000000ULL
#define NOMAP      0x50000000ULL
#define STATIC_IO  0x0a000000ULL
#define STATIC_END (STATIC_IO + SZ_16K)

static int plan_init(struct kunit *test)
{
	memblock_fixture_init(test);
	memblock_add(RAM, RAM_END - RAM);
	memblock_add(NOMAP, SZ_1M);
	memblock_mark_nomap(NOMAP, SZ_1M);
	return 0;
}

static struct ioremap_plan make_plan(phys_addr_t phys, size_t size)
{
	struct ioremap_plan plan;

	ioremap_plan(&plan, phys, size, MT_DEVICE);
	return plan;
}

static void offset_and_pages(struct kunit *test)
{
	static const struct {
		phys_addr_t phys;
		size_t size;
		size_t pages;
	} rows[] = {
		{ 0x09000000, 1, 1 },      { 0x09000678, 0x1000, 2 },
		{ 0x09000fff, 1, 1 },      { 0x09000fff, 2, 2 },
		{ 0x09000001, 0xfff, 1 },  { 0x09000001, 0x1000, 2 },
		{ 0x09000000, 0x1000, 1 }, { 0, 1, 1 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct ioremap_plan plan = make_plan(rows[i].phys, rows[i].size);

		KUNIT_EXPECT_NULL(test, plan.refusal);
		KUNIT_EXPECT_EQ(test, plan.phys + plan.offset, rows[i].phys);
		KUNIT_EXPECT_EQ(test, (unsigned long)plan.phys & ~PAGE_MASK, 0UL);
		KUNIT_EXPECT_EQ(test, plan.size, rows[i].pages * PAGE_SIZE);
		KUNIT_EXPECT_EQ(test, plan.leaf->size, PAGE_SIZE);
	}
}

/* Refused for that reason; and then there is nothing that could be carried out. */
static void expect_refusal(struct kunit *test, phys_addr_t phys, size_t size, unsigned int mtype,
			   const char *reason)
{
	struct ioremap_plan plan;

	ioremap_plan(&plan, phys, size, mtype);
	KUNIT_EXPECT_STREQ(test, plan.refusal ?: "nothing", reason);
	KUNIT_EXPECT_TRUE(test, !plan.static_vm && !plan.leaf);
}

static void nonsense_is_refused(struct kunit *test)
{
	static const char empty[] = "the size is 0";
	static const char wraps[] = "the range wraps around the end of the physical address space";
	static const char large[] = "the size is larger than the address space";
	static const char unknown[] = "unknown memory type";
	static const char memory[] = "that memory type is for the kernel's own memory, not for I/O";

	expect_refusal(test, 0x09000000, 0, MT_DEVICE, empty);
	expect_refusal(test, 0, 0, MT_DEVICE, empty);
	expect_refusal(test, STATIC_IO, 0, MT_DEVICE, empty);
	expect_refusal(test, ~0ULL, 2, MT_DEVICE, wraps);
	expect_refusal(test, ~0ULL & ~0xfffULL, 0x1001, MT_DEVICE, wraps);
	expect_refusal(test, 0, ~(size_t)0, MT_DEVICE, large);
	expect_refusal(test, 1, ~(size_t)0, MT_DEVICE, large);
	expect_refusal(test, STATIC_IO, 1, NR_MEM_TYPES, unknown);
	expect_refusal(test, STATIC_IO, 1, ~0U, unknown);
	expect_refusal(test, STATIC_IO, 1, MT_MEMORY_RW, memory);
}

/* The last page of the physical address space is beyond every processor, but nothing wraps. */
static void the_top_does_not_wrap(struct kunit *test)
{
	struct ioremap_plan top = make_plan(~0ULL & ~0xfffULL, 0x1000);

	KUNIT_ASSERT_NOT_NULL(test, top.refusal);
	KUNIT_EXPECT_NULL(test, strstr(top.refusal, "wraps"));
}

/* Any byte of any page of the range, not only its first. */
static void ram_is_refused(struct kunit *test)
{
	static const struct {
		phys_addr_t phys;
		size_t size;
		bool refused;
	} rows[] = {
		{ RAM, 1, true },
		{ RAM_END - 1, 1, true },
		{ RAM + SZ_1M, SZ_1M, true },
		{ RAM - 1, 2, true },
		{ RAM - SZ_4K, SZ_4K + 1, true },
		{ RAM - SZ_4K, SZ_4K, false },
		{ RAM - SZ_1M, 2 * SZ_1M, true },
		{ RAM - SZ_16M, SZ_256M, true },
		{ RAM_END, SZ_4K, false },
		{ RAM_END - SZ_4K, 2 * SZ_4K, true },
		{ RAM_END + 1, SZ_1M, false },
		{ NOMAP, SZ_1M, false },
		{ NOMAP + SZ_4K, SZ_4K, false },
		{ NOMAP - SZ_4K, 2 * SZ_4K, false },
		{ RAM_END - SZ_4K, NOMAP - RAM_END + 2 * SZ_4K, true },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct ioremap_plan plan = make_plan(rows[i].phys, rows[i].size);

		if (!plan.refusal == rows[i].refused)
			KUNIT_FAIL(test, "0x%llx+0x%zx: %s", rows[i].phys, rows[i].size,
				   plan.refusal ?: "not refused");
		KUNIT_EXPECT_EQ(test, plan.ram ? plan.ram->base : 0, rows[i].refused ? RAM : 0);
	}
}

/* NOMAP first, RAM behind it, in one request. */
static void ram_behind_nomap_is_refused(struct kunit *test)
{
	memblock_add(NOMAP + SZ_1M, SZ_1M);
	KUNIT_EXPECT_NULL(test, make_plan(NOMAP, SZ_1M).refusal);
	KUNIT_EXPECT_NOT_NULL(test, make_plan(NOMAP, SZ_1M + 1).ram);
	KUNIT_EXPECT_NOT_NULL(test, make_plan(NOMAP - SZ_1M, 3 * SZ_1M).ram);
}

static void static_mapping_answers(struct kunit *test)
{
	struct ioremap_plan plan = make_plan(STATIC_IO, SZ_16K);

	KUNIT_ASSERT_NOT_NULL(test, plan.static_vm);
	KUNIT_EXPECT_EQ(test, plan.static_vm->phys_addr, STATIC_IO);
	KUNIT_EXPECT_NOT_NULL(test, make_plan(STATIC_IO + 0x200, 0x200).static_vm);
	KUNIT_EXPECT_NOT_NULL(test, make_plan(STATIC_END - 1, 1).static_vm);
	KUNIT_EXPECT_NULL(test, make_plan(STATIC_IO, SZ_16K + 1).static_vm);
	KUNIT_EXPECT_NULL(test, make_plan(STATIC_IO - 1, 2).static_vm);
	KUNIT_EXPECT_NULL(test, make_plan(STATIC_END, 1).static_vm);
	ioremap_plan(&plan, STATIC_IO, SZ_4K, MT_DEVICE_WC);
	KUNIT_EXPECT_NULL(test, plan.static_vm);
	KUNIT_EXPECT_NULL(test, plan.refusal);
}

/* Which leaf the beginning of a range gets, in bytes. */
static unsigned long picked(unsigned long addr, phys_addr_t phys, unsigned long size)
{
	unsigned long run;

	return pick_leaf(addr, phys, size, &run)->size;
}

/* Each row of the architecture's leaf table but the last, at its own conditions and beside them. */
static void leaf_wants_both_addresses_and_the_size(struct kunit *test)
{
	const struct leaf_type *leaf;

	for (leaf = leaf_types; leaf->size > PAGE_SIZE; leaf++) {
		unsigned long size = leaf->size, addr = size, longer = size + PAGE_SIZE;
		phys_addr_t phys = leaf->min_phys ?: size;
		bool whole = leaf->needs & LEAF_WHOLE_RANGE;

		KUNIT_EXPECT_EQ(test, picked(addr, phys, size), size);
		KUNIT_EXPECT_LT(test, picked(addr + PAGE_SIZE, phys, size), size);
		KUNIT_EXPECT_LT(test, picked(addr + size / 2, phys, size), size);
		KUNIT_EXPECT_LT(test, picked(addr, phys + PAGE_SIZE, size), size);
		KUNIT_EXPECT_LT(test, picked(addr, phys + size / 2, size), size);
		KUNIT_EXPECT_LT(test, picked(addr, phys, size - PAGE_SIZE), size);
		KUNIT_EXPECT_EQ(test, picked(addr, phys, longer) == size, !whole);
		if (leaf->min_phys)
			KUNIT_EXPECT_LT(test, picked(addr, leaf->min_phys - size, size), size);
	}
}

static const struct kunit_case plan_cases[] = {
	KUNIT_CASE(offset_and_pages),
	KUNIT_CASE(nonsense_is_refused),
	KUNIT_CASE(the_top_does_not_wrap),
	KUNIT_CASE(ram_is_refused),
	KUNIT_CASE(ram_behind_nomap_is_refused),
	KUNIT_CASE(static_mapping_answers),
	KUNIT_CASE(leaf_wants_both_addresses_and_the_size),
	{},
};

static const struct kunit_suite plan_suite = {
	.name = "ioremap_plan",
	.init = plan_init,
	.exit = memblock_fixture_exit,
	.cases = plan_cases,
};
kunit_test_suite(plan_suite);
