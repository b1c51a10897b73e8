/* SPDX-License-Identifier: MIT */
/*
 * The walk of arm's tables as the processor does it (mm/tests/translation.h), and the test that it
 * can read: descriptors written by hand, bit by bit.
 *
 * Source: ARMv7-A Arm ARM (DDI 0406) B3.5.1, figures B3-4 and B3-5; tables B3-8 and B3-10.
 */
#include <asm/memory.h>
#include <asm/pgtable.h>
#include <kernel/base/kunit.h>
#include <mm/tests/translation.h>

const enum memory_kind wt_memory_kind = MEMORY_NONCACHED;

/* TEX, C and B without remapping. */
static enum memory_kind memory_kind(unsigned int tex, unsigned int cb)
{
	switch (tex << 2 | cb) {
	case 0:
		return MEMORY_STRONGLY_ORDERED;
	case 1:
	case 2 << 2:
		return MEMORY_DEVICE;
	case 1 << 2:
		return MEMORY_NONCACHED;
	case 3:
	case 1 << 2 | 3:
		return MEMORY_CACHED;
	}
	return MEMORY_UNKNOWN;
}

/* ap is AP[1:0], which is 1 where only the kernel has access; apx forbids every write. */
static struct translation make(unsigned long size, phys_addr_t phys, u32 ap, u32 apx)
{
	return (struct translation){
		.size = ap ? size : 0,
		.hole = ap ? 0 : size,
		.phys = phys,
		.user = ap & 2,
		.write = !apx,
	};
}

static struct translation decode_section(u32 entry, unsigned long addr)
{
	bool super = entry >> 18 & 1;
	phys_addr_t high = (phys_addr_t)(entry >> 20 & 0xf) << 32 | (phys_addr_t)(entry >> 5 & 0xf)
									    << 36;
	unsigned long size = super ? 1UL << 24 : 1UL << 20;
	phys_addr_t base = (entry & ~(size - 1)) | (super ? high : 0);
	struct translation t =
		make(size, base | (addr & (size - 1)), entry >> 10 & 3, entry >> 15 & 1);

	t.memory = memory_kind(entry >> 12 & 7, entry >> 2 & 3);
	t.execute = !(entry >> 4 & 1);
	t.shared = entry >> 16 & 1;
	t.global = !(entry >> 17 & 1);
	return t;
}

static struct translation decode_page(u32 entry, unsigned long addr)
{
	struct translation t =
		make(4096, (entry & ~0xfffU) | (addr & 0xfff), entry >> 4 & 3, entry >> 9 & 1);

	t.memory = memory_kind(entry >> 6 & 7, entry >> 2 & 3);
	t.execute = !(entry & 1);
	t.shared = entry >> 10 & 1;
	t.global = !(entry >> 11 & 1);
	return t;
}

/* First level: 1 is a table of 1 KiB, 2 a section. Second level: 2 and 3 are small pages. */
static struct translation walk(const u32 *first_level, unsigned long addr)
{
	u32 entry = first_level[addr >> 20];
	const u32 *second_level;

	if ((entry & 3) == 2)
		return decode_section(entry, addr);
	if ((entry & 3) != 1)
		return (struct translation){ .hole = 1UL << 20 };
	second_level = __va((phys_addr_t)(entry & ~0x3ffU));
	entry = second_level[addr >> 12 & 0xff];
	return entry & 2 ? decode_page(entry, addr) : (struct translation){ .hole = 4096 };
}

struct translation translate_by(const pgd_t *pgd, unsigned long addr)
{
	return walk((const u32 *)pgd, addr);
}

struct translation translate(unsigned long addr)
{
	return walk((const u32 *)swapper_pg_dir, addr);
}

/* All of the range or none: supersections from 4 GiB up only, sections by pairs. */
unsigned long leaf_rule(unsigned long addr, phys_addr_t phys, unsigned long size, unsigned long pos)
{
	unsigned long bits = addr | (unsigned long)phys | size;

	if (CONFIG_SMP) /* a kernel for several processors maps by pages only */
		return 4096;
	if (phys >> 32 && !(bits & 0xffffff))
		return 1UL << 24;
	return bits & 0x1fffff ? 4096 : 1UL << 20;
}

/* --- The walker's own test --- */

static u32 first_level[4096], second_level[256] __aligned(1024);

#define ADDR 0xf1234abcUL /* entries 0xf12 and 0x34 */

static void reads_pages(struct kunit *test)
{
	struct translation t;

	first_level[0xf12] = (u32)__pa(second_level) | 1;
	second_level[0x34] = 0x98765000 | 1 << 10 | 1 << 4 | 1 << 2 | 3;
	t = walk(first_level, ADDR);
	KUNIT_EXPECT_EQ(test, t.size, 4096UL);
	KUNIT_EXPECT_EQ(test, t.phys, 0x98765abcULL);
	KUNIT_EXPECT_EQ(test, t.memory, MEMORY_DEVICE);
	KUNIT_EXPECT_TRUE(test, t.write && t.shared && t.global && !t.execute && !t.user);
	second_level[0x34] = 1 << 11 | 1 << 9 | 1 << 6 | 3 << 4 | 3 << 2 | 2;
	t = walk(first_level, ADDR);
	KUNIT_EXPECT_EQ(test, t.memory, MEMORY_CACHED);
	KUNIT_EXPECT_TRUE(test, !t.write && !t.shared && !t.global && t.execute && t.user);
}

static void reads_sections(struct kunit *test)
{
	struct translation t;

	first_level[0xf12] = 0x98700000 | 1 << 16 | 1 << 10 | 1 << 4 | 1 << 2 | 2;
	t = walk(first_level, ADDR);
	KUNIT_EXPECT_EQ(test, t.size, 1UL << 20);
	KUNIT_EXPECT_EQ(test, t.phys, 0x98734abcULL);
	KUNIT_EXPECT_EQ(test, t.memory, MEMORY_DEVICE);
	KUNIT_EXPECT_TRUE(test, t.write && t.shared && t.global && !t.execute && !t.user);
	first_level[0xf12] = 0x98700000 | 1 << 18 | 1 << 12 | 1 << 10 | 0xa << 5 | 2;
	t = walk(first_level, ADDR);
	KUNIT_EXPECT_EQ(test, t.size, 1UL << 24);
	KUNIT_EXPECT_EQ(test, t.phys, 0xa798234abcULL);
	KUNIT_EXPECT_EQ(test, t.memory, MEMORY_NONCACHED);
}

static void reads_what_is_not_valid(struct kunit *test)
{
	first_level[0xf12] = (u32)__pa(second_level) | 1;
	second_level[0x34] = 0x98765000 | 1 << 4 | 1;
	KUNIT_EXPECT_EQ(test, walk(first_level, ADDR).size, 0UL);
	second_level[0x34] = 0x98765000 | 2; /* no access for anybody */
	KUNIT_EXPECT_EQ(test, walk(first_level, ADDR).size, 0UL);
	first_level[0xf12] = 0;
	KUNIT_EXPECT_EQ(test, walk(first_level, ADDR).size, 0UL);
}

static const struct kunit_case walker_cases[] = {
	KUNIT_CASE(reads_pages),
	KUNIT_CASE(reads_sections),
	KUNIT_CASE(reads_what_is_not_valid),
	{},
};

static const struct kunit_suite walker_suite = {
	.name = "walker",
	.cases = walker_cases,
};
kunit_test_suite(walker_suite);
