/* SPDX-License-Identifier: MIT */
/*
 * The walk of arm64's tables as the processor does it (mm/tests/translation.h), and the test that
 * it can read: descriptors written by hand, bit by bit.
 *
 * Source: Arm ARM (DDI 0487) D8.3, "Translation table descriptor formats"; D17.2.97, "MAIR_EL1".
 */
#include <asm/memory.h>
#include <asm/pgtable.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/bitops.h>
#include <mm/tests/translation.h>

const enum memory_kind wt_memory_kind = MEMORY_DEVICE;

/* The byte that attribute index n selects. */
static enum memory_kind memory_kind(unsigned int n)
{
	switch (MAIR_VALUE >> (8 * n) & 0xff) {
	case 0x00:
		return n < 4 ? MEMORY_STRONGLY_ORDERED : MEMORY_UNKNOWN;
	case 0x04:
		return MEMORY_DEVICE;
	case 0x44:
		return MEMORY_NONCACHED;
	case 0xff:
		return MEMORY_CACHED;
	}
	return MEMORY_UNKNOWN;
}

static struct translation decode_leaf(u64 entry, unsigned long addr, unsigned int shift)
{
	u64 base = entry & GENMASK_ULL(47, shift);

	return (struct translation){
		.size = 1UL << shift,
		.phys = base | (addr & ((1UL << shift) - 1)),
		.memory = memory_kind(entry >> 2 & 7),
		.user = entry >> 6 & 1,
		.write = !(entry >> 7 & 1),
		.shared = (entry >> 8 & 3) == 3,
		.global = !(entry >> 11 & 1),
		.execute = !(entry >> 53 & 1) || !(entry >> 54 & 1),
	};
}

/* Bits 1:0 are 3 for a table or a page, 1 for a block; the access flag, bit 10, must be set. */
static struct translation walk(const u64 *table, unsigned long addr)
{
	unsigned int shift = 39;

	for (;; shift -= 9) {
		u64 entry = table[addr >> shift & 511];
		bool leaf = shift == 12 ? (entry & 3) == 3 : (entry & 3) == 1 && shift != 39;

		if (leaf)
			return entry >> 10 & 1 ? decode_leaf(entry, addr, shift)
					       : (struct translation){ .hole = 1UL << shift };
		if (shift == 12 || (entry & 3) != 3)
			return (struct translation){ .hole = 1UL << shift };
		table = __va(entry & GENMASK_ULL(47, 12));
	}
}

struct translation translate_by(const pgd_t *pgd, unsigned long addr)
{
	return walk((const u64 *)pgd, addr);
}

struct translation translate(unsigned long addr)
{
	return walk((const u64 *)swapper_pg_dir, addr);
}

/* The largest block around pos that lies inside the range and is aligned on both sides. */
unsigned long leaf_rule(unsigned long addr, phys_addr_t phys, unsigned long size, unsigned long pos)
{
	static const unsigned long blocks[] = { 1UL << 30, 1UL << 21 };
	unsigned int i;

	for (i = 0; i < 2; i++) {
		unsigned long start = (addr + pos) & ~(blocks[i] - 1);

		if (start >= addr && start - addr + blocks[i] <= size &&
		    (addr & (blocks[i] - 1)) == (phys & (blocks[i] - 1)))
			return blocks[i];
	}
	return 4096;
}

/* --- The walker's own test --- */

static u64 tables[4][512] __aligned(4096);

/* Attribute index 3, inner shareable, access flag, neither level may execute. */
#define DEVICE_BITS 0x0060000000000000ULL + (3 << 2) + (3 << 8) + (1 << 10)
#define ADDR        0xffff8000c0603abcUL /* entries 256, 3, 3, 3 */

static void link_tables(void)
{
	tables[0][256] = __pa(tables[1]) | 3;
	tables[1][3] = __pa(tables[2]) | 3;
	tables[2][3] = __pa(tables[3]) | 3;
	tables[3][3] = 0x123456789000ULL | (DEVICE_BITS) | 3;
}

static void reads_each_level(struct kunit *test)
{
	struct translation t;

	link_tables();
	t = walk(tables[0], ADDR);
	KUNIT_EXPECT_EQ(test, t.size, 4096UL);
	KUNIT_EXPECT_EQ(test, t.phys, 0x123456789abcULL);
	tables[2][3] = 0x40000000ULL | (DEVICE_BITS) | 1;
	t = walk(tables[0], ADDR);
	KUNIT_EXPECT_EQ(test, t.size, 1UL << 21);
	KUNIT_EXPECT_EQ(test, t.phys, 0x40003abcULL);
	tables[1][3] = 0x80000000ULL | (DEVICE_BITS) | 1;
	t = walk(tables[0], ADDR);
	KUNIT_EXPECT_EQ(test, t.size, 1UL << 30);
	KUNIT_EXPECT_EQ(test, t.phys, 0x80603abcULL);
}

static void reads_each_attribute(struct kunit *test)
{
	struct translation t;

	link_tables();
	t = walk(tables[0], ADDR);
	KUNIT_EXPECT_EQ(test, t.memory, MEMORY_DEVICE);
	KUNIT_EXPECT_TRUE(test, t.write && t.shared && t.global && !t.execute && !t.user);
	tables[3][3] = (3 << 10) | (1 << 7) | (1 << 6) | 3;
	t = walk(tables[0], ADDR);
	KUNIT_EXPECT_EQ(test, t.memory, MEMORY_CACHED);
	KUNIT_EXPECT_TRUE(test, !t.write && !t.shared && !t.global && t.execute && t.user);
}

static void reads_what_is_not_valid(struct kunit *test)
{
	link_tables();
	tables[3][3] &= ~(1ULL << 10);
	KUNIT_EXPECT_EQ(test, walk(tables[0], ADDR).size, 0UL);
	tables[3][3] = 0x1000 | (DEVICE_BITS) | 1;
	KUNIT_EXPECT_EQ(test, walk(tables[0], ADDR).size, 0UL);
	tables[0][256] = 0x40000000ULL | (DEVICE_BITS) | 1;
	KUNIT_EXPECT_EQ(test, walk(tables[0], ADDR).size, 0UL);
}

static const struct kunit_case walker_cases[] = {
	KUNIT_CASE(reads_each_level),
	KUNIT_CASE(reads_each_attribute),
	KUNIT_CASE(reads_what_is_not_valid),
	{},
};

static const struct kunit_suite walker_suite = {
	.name = "walker",
	.cases = walker_cases,
};
kunit_test_suite(walker_suite);
