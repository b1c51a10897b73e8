/* SPDX-License-Identifier: MIT */
/*
 * The fixmap with the architecture's real format, under the log: every slot, what is not a slot,
 * and the device tree's window. A program of its own, because boot makes tables and window once.
 */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/fixmap.h>
#include <mm/page.h>
#include <mm/tests/mapping_check.h>
#include <mm/tests/table_log.h>

#define PHYS      0x09000000ULL
#define TREE_PHYS (0x48000000ULL + SZ_2M - 8) /* the last place in a section and in a block */

/* The slots begin with this one; what lies before belongs to the device tree's window. */
#define FIRST_SLOT FIX_DEBUG_UART

static struct table_log boot_log;

static void __attribute__((constructor)) boot(void)
{
	early_fixmap_init();
	boot_log = count_log();
}

/* The first slot is used right after. */
static void tables_can_be_walked(struct kunit *test)
{
	KUNIT_EXPECT_GT(test, boot_log.made, 0UL);
	KUNIT_EXPECT_EQ(test, boot_log.left_unordered, 0UL);
	KUNIT_EXPECT_EQ(test, boot_log.replaced + boot_log.cleared, 0UL);
}

/* A device answers as soon as the call returns, at the slot's own address and at no other. */
static void each_slot_is_one_page(struct kunit *test)
{
	unsigned int idx;

	for (idx = FIRST_SLOT; idx < __end_of_fixed_addresses; idx++) {
		unsigned long addr = __fix_to_virt(idx);

		KUNIT_ASSERT_EQ(test, translate(addr).hole, PAGE_SIZE);
		host_reset();
		set_fixmap_io(idx, PHYS + addr % SZ_16M + 0x123);
		KUNIT_EXPECT_STREQ(test, host_log(), "make, vmap");
		expect_io_leaves(test, addr, PHYS + addr % SZ_16M, PAGE_SIZE, MEMORY_DEVICE,
				 PAGE_SIZE);
		expect_hole(test, addr - PAGE_SIZE, addr);
		expect_hole(test, addr + PAGE_SIZE, addr + 2 * PAGE_SIZE);
		clear_fixmap(idx);
	}
}

/* The prot decides: memory for set_fixmap(). The offset is in the pointer, not in the entry. */
static void slot_shows_memory_with_its_offset(struct kunit *test)
{
	unsigned long addr = __fix_to_virt(FIX_BTMAP_END);

	host_reset();
	KUNIT_EXPECT_EQ(test, (unsigned long)set_fixmap_offset(FIX_BTMAP_END, PHYS + 0xabc),
			addr + 0xabc);
	expect_no_mistake(test);
	expect_io_leaves(test, addr, PHYS, PAGE_SIZE, MEMORY_CACHED, PAGE_SIZE);
	clear_fixmap(FIX_BTMAP_END);
}

/* A device does not answer any more when the call returns, and its neighbours still do. */
static void cleared_slot_is_flushed(struct kunit *test)
{
	unsigned int idx;

	for (idx = FIX_BTMAP_BEGIN; idx > FIX_BTMAP_END + 1; idx -= 3) {
		unsigned long addr = __fix_to_virt(idx);

		set_fixmap_io(idx, PHYS);
		set_fixmap_io(idx - 1, PHYS);
		host_reset();
		clear_fixmap(idx);
		KUNIT_EXPECT_STREQ(test, host_log(), "clear, tlb");
		KUNIT_EXPECT_TRUE(test, host_was_flushed(addr, addr + PAGE_SIZE));
		expect_hole(test, addr, addr + PAGE_SIZE);
		expect_io_leaves(test, addr + PAGE_SIZE, PHYS, PAGE_SIZE, MEMORY_DEVICE, PAGE_SIZE);
		clear_fixmap(idx - 1);
	}
}

static void slot_in_use_stays(struct kunit *test)
{
	unsigned long addr = __fix_to_virt(FIX_BTMAP_BEGIN);

	set_fixmap_io(FIX_BTMAP_BEGIN, PHYS);
	host_reset();
	KUNIT_EXPECT_WARNING(test, set_fixmap_io(FIX_BTMAP_BEGIN, PHYS + PAGE_SIZE));
	KUNIT_EXPECT_STREQ(test, host_log(), "");
	expect_io_leaves(test, addr, PHYS, PAGE_SIZE, MEMORY_DEVICE, PAGE_SIZE);
	clear_fixmap(FIX_BTMAP_BEGIN);
}

static void set_slot(void *idx)
{
	set_fixmap_io((enum fixed_addresses)(unsigned long)idx, PHYS);
}

static void clear_slot(void *idx)
{
	clear_fixmap((enum fixed_addresses)(unsigned long)idx);
}

/* On either side of the slots nothing is stored, and the caller learns of its mistake. */
static void what_is_no_slot_is_a_bug(struct kunit *test)
{
	static const unsigned long beyond[] = { __end_of_fixed_addresses,
						__end_of_fixed_addresses + 1, ~0U };
	unsigned long idx;

	host_reset();
	for (idx = 0; idx < ARRAY_SIZE(beyond); idx++) {
		KUNIT_EXPECT_TRUE(test, host_panics(set_slot, (void *)beyond[idx]));
		KUNIT_EXPECT_TRUE(test, host_panics(clear_slot, (void *)beyond[idx]));
	}
	for (idx = 0; idx < FIRST_SLOT; idx++) {
		KUNIT_EXPECT_TRUE(test, host_panics(set_slot, (void *)idx));
		KUNIT_EXPECT_TRUE(test, host_panics(clear_slot, (void *)idx));
	}
	KUNIT_EXPECT_STREQ(test, host_log(), "");
}

static void wrong_tree_addresses_are_refused(struct kunit *test)
{
	host_reset();
	KUNIT_EXPECT_NULL(test, fixmap_remap_fdt(0));
	KUNIT_EXPECT_NULL(test, fixmap_remap_fdt(TREE_PHYS + 1));
	KUNIT_EXPECT_NULL(test, fixmap_remap_fdt(TREE_PHYS + 4));
	KUNIT_EXPECT_STREQ(test, host_log(), "");
}

/* As many leaves as the largest tree can meet, all of them read-only, and not one more. */
static void window_shows_the_largest_tree(struct kunit *test)
{
	unsigned long tree, leaf, start, end, addr;

	host_reset();
	tree = (unsigned long)fixmap_remap_fdt(TREE_PHYS);
	KUNIT_EXPECT_STREQ(test, host_log(), "make, vmap");
	expect_no_mistake(test);
	leaf = translate(tree).size;
	KUNIT_ASSERT_TRUE(test, leaf > PAGE_SIZE);
	start = ALIGN_DOWN(tree, leaf);
	end = ALIGN(tree + MAX_FDT_SIZE, leaf);
	KUNIT_EXPECT_EQ(test, count_log().made, (end - start) / leaf);
	for (addr = start; addr < end; addr += PAGE_SIZE) {
		struct translation t = translate(addr);

		KUNIT_EXPECT_EQ(test, t.phys, TREE_PHYS + addr - tree);
		KUNIT_EXPECT_EQ(test, t.memory, MEMORY_CACHED);
		KUNIT_EXPECT_TRUE(test, t.size && !t.write && !t.execute && !t.user && t.global);
	}
	expect_hole(test, start - PAGE_SIZE, start);
	expect_hole(test, end, end + leaf);
}

/*
 * Blocks become pages: all of them are cleared, then flushed, then the tree's own pages are made,
 * and the tree can be read where it was.
 */
static void window_narrows_to_the_tree(struct kunit *test)
{
	const unsigned long size = 3 * PAGE_SIZE;
	unsigned long tree = (unsigned long)fixmap_remap_fdt(TREE_PHYS), start = tree & PAGE_MASK;
	unsigned long addr, end = PAGE_ALIGN(tree + size);
	phys_addr_t copy = 0x50000000ULL + (TREE_PHYS & ~PAGE_MASK);

	KUNIT_ASSERT_TRUE(test, tree != 0); /* or the holes below would be all of the space */
	host_reset();
	KUNIT_EXPECT_EQ(test, fixmap_narrow_fdt((void *)tree, size, copy), 0);
	expect_in_log(test, "clear, tlb");
	KUNIT_EXPECT_EQ(test, count_log().replaced + count_log().remade_early, 0UL);
	KUNIT_EXPECT_EQ(test, count_log().left_unflushed + count_log().left_unordered, 0UL);
	KUNIT_EXPECT_TRUE(test, host_was_flushed(FDT_FIXED_BASE, FDT_FIXED_BASE + FDT_FIXED_SIZE));
	expect_hole(test, FDT_FIXED_BASE, start);
	expect_hole(test, end, FDT_FIXED_BASE + FDT_FIXED_SIZE);
	for (addr = start; addr < end; addr += PAGE_SIZE) {
		struct translation t = translate(addr);

		KUNIT_EXPECT_EQ(test, t.size, PAGE_SIZE);
		KUNIT_EXPECT_EQ(test, t.phys, copy + addr - tree);
		KUNIT_EXPECT_EQ(test, t.memory, MEMORY_CACHED);
		KUNIT_EXPECT_TRUE(test, !t.write && !t.execute && !t.user && t.global);
	}
}

static const struct kunit_case fixmap_cases[] = {
	KUNIT_CASE(tables_can_be_walked),
	KUNIT_CASE(each_slot_is_one_page),
	KUNIT_CASE(slot_shows_memory_with_its_offset),
	KUNIT_CASE(cleared_slot_is_flushed),
	KUNIT_CASE(slot_in_use_stays),
	KUNIT_CASE(what_is_no_slot_is_a_bug),
	KUNIT_CASE(wrong_tree_addresses_are_refused),
	KUNIT_CASE(window_shows_the_largest_tree),
	KUNIT_CASE(window_narrows_to_the_tree),
	{},
};

static const struct kunit_suite fixmap_suite = {
	.name = "fixmap",
	.cases = fixmap_cases,
};
kunit_test_suite(fixmap_suite);
