/* SPDX-License-Identifier: MIT */
/*
 * Blocks of 2 MiB and of 1 GiB: they take the place of tables that earlier pages left, in the order
 * of break before make, and a table that is missing above them leaves nothing behind.
 */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <mm/fail_alloc.h>
#include <mm/ioremap.h>
#include <mm/pgalloc.h>
#include <mm/tests/kern_addr_check.h>
#include <mm/tests/mapping_check.h>
#include <mm/tests/table_log.h>
#include <mm/tests/vmap_area_check.h>
#include <mm/vmalloc.h>
#include <mm/vmap_range.h>

/* The first address of a top-level entry that was never used. */
static unsigned long fresh_top_entry(void)
{
	unsigned long addr = ALIGN(VMALLOC_START, PGDIR_SIZE) + 16 * PGDIR_SIZE;

	while (!pgd_none(*pgd_offset_k(addr)))
		addr += PGDIR_SIZE;
	return addr;
}

/* The row of the leaf table whose leaves have that size. */
static const struct leaf_type *leaf_of(unsigned long size)
{
	const struct leaf_type *leaf = leaf_types;

	while (leaf->size != size)
		leaf++;
	return leaf;
}

static int map_leaves(unsigned long addr, unsigned long leaf, unsigned int n)
{
	return leaf_of(leaf)->map(addr, HOLE_PHYS, n * leaf, get_mem_type(MT_DEVICE));
}

static int map_leaf(unsigned long addr, unsigned long size)
{
	return map_leaves(addr, size, 1);
}

/* Maps a page at addr and takes it back: what is left is its empty table. */
static void leave_table(struct kunit *test, unsigned long addr)
{
	KUNIT_EXPECT_EQ(test,
			ioremap_page_range(addr, addr + PAGE_SIZE, HOLE_PHYS,
					   get_mem_type(MT_DEVICE)->prot_pte),
			0);
	vunmap_range(addr, addr + PAGE_SIZE);
}

static void block_takes_the_place_of_a_table(struct kunit *test)
{
	unsigned long addr = fresh_top_entry() + SZ_2M;

	leave_table(test, addr + SZ_1M);
	host_reset();
	KUNIT_EXPECT_EQ(test, map_leaf(addr, SZ_2M), 0);
	KUNIT_EXPECT_STREQ(test, host_log(), "clear, tlb, free, make, vmap");
	KUNIT_EXPECT_TRUE(test, host_was_flushed(addr, addr + PAGE_SIZE));
	expect_no_mistake(test);
	expect_io_leaves(test, addr, HOLE_PHYS, SZ_2M, MEMORY_DEVICE, SZ_2M);
	vunmap_range(addr, addr + SZ_2M);
}

/* The first and the last entry of the lower table lead to tables of pages, and one between. */
static void block_takes_the_place_of_two_levels(struct kunit *test)
{
	static const unsigned long used[] = { 0, 5 * SZ_2M, SZ_1G - SZ_2M };
	unsigned long addr = fresh_top_entry() + SZ_1G;
	unsigned int i, before;

	for (i = 0; i < ARRAY_SIZE(used); i++)
		leave_table(test, addr + used[i]);
	host_reset();
	before = host_live_allocations();
	KUNIT_EXPECT_EQ(test, map_leaf(addr, SZ_1G), 0);
	KUNIT_EXPECT_EQ(test, before - host_live_allocations(), ARRAY_SIZE(used) + 1);
	expect_in_log(test, "clear, tlb, free, make, vmap");
	for (i = 0; i < ARRAY_SIZE(used); i++)
		KUNIT_EXPECT_TRUE(test,
				  host_was_flushed(addr + used[i], addr + used[i] + PAGE_SIZE));
	expect_no_mistake(test);
	expect_io_leaves(test, addr, HOLE_PHYS, SZ_1G, MEMORY_DEVICE, SZ_1G);
	vunmap_range(addr, addr + SZ_1G);
}

/* A run of blocks, over a border of the level above. */
static void blocks_follow_one_another(struct kunit *test)
{
	static const unsigned long sizes[] = { SZ_2M, SZ_1G };
	unsigned long border = fresh_top_entry() + PGDIR_SIZE, addr;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		addr = border - 2 * sizes[i];
		host_reset();
		KUNIT_EXPECT_EQ(test, map_leaves(addr, sizes[i], 3), 0);
		expect_no_mistake(test);
		expect_io_leaves(test, addr, HOLE_PHYS, 3 * sizes[i], MEMORY_DEVICE, sizes[i]);
		expect_hole(test, addr - PAGE_SIZE, addr);
		expect_hole(test, addr + 3 * sizes[i], addr + 3 * sizes[i] + PAGE_SIZE);
		host_reset();
		vunmap_range(addr, addr + 3 * sizes[i]);
		expect_no_mistake(test);
	}
}

static void map_2m_at(void *addr)
{
	map_leaf((unsigned long)addr, SZ_2M);
}

static void map_1g_at(void *addr)
{
	map_leaf((unsigned long)addr, SZ_1G);
}

/* A block in use is not a table: it stays, and whoever wanted its place is stopped. */
static void block_in_use_is_not_replaced(struct kunit *test)
{
	unsigned long addr = fresh_top_entry();

	KUNIT_EXPECT_EQ(test, map_leaf(addr, SZ_1G), 0);
	KUNIT_EXPECT_EQ(test, map_leaf(addr + SZ_1G, SZ_2M), 0);
	host_reset();
	KUNIT_EXPECT_TRUE(test, host_panics(map_1g_at, (void *)addr));
	KUNIT_EXPECT_TRUE(test, host_panics(map_2m_at, (void *)(addr + SZ_1G)));
	KUNIT_EXPECT_TRUE(test, host_panics(map_1g_at, (void *)(addr + SZ_1G)));
	KUNIT_EXPECT_STREQ(test, host_log(), "");
	expect_io_leaves(test, addr, HOLE_PHYS, SZ_1G, MEMORY_DEVICE, SZ_1G);
	expect_io_leaves(test, addr + SZ_1G, HOLE_PHYS, SZ_2M, MEMORY_DEVICE, SZ_2M);
	vunmap_range(addr, addr + SZ_1G + SZ_2M);
}

/* An area that ends where a fresh top-level entry begins: the next one will lie there. */
static struct vm_struct *fill_up_to(unsigned long border)
{
	struct vm_struct *first = get_vm_area_caller(PAGE_SIZE, VM_MAP, fill_up_to);
	unsigned long start = (unsigned long)first->addr;

	free_vm_area(first);
	return get_vm_area_caller(border - start, VM_MAP | VM_NO_GUARD, fill_up_to);
}

/* Each table that is missing fails the call once. The row says how many there are. */
static void missing_tables_leave_no_block(struct kunit *test)
{
	static const struct {
		unsigned long size;
		unsigned int tables;
	} rows[] = { { SZ_2M, 2 }, { SZ_1G, 1 }, { SZ_1G + SZ_2M, 2 } };
	unsigned int i, failures;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		unsigned long border = fresh_top_entry(), size = rows[i].size, before, addr = 0;
		struct vm_struct *filler = fill_up_to(border);

		KUNIT_ASSERT_NOT_NULL(test, filler);
		before = fingerprint();
		for (failures = 0; !addr && failures <= rows[i].tables; failures += !addr) {
			host_reset();
			page_alloc_fail_after(failures + 1);
			addr = (unsigned long)ioremap(HOLE_PHYS, size);
			page_alloc_fail_after(0);
			KUNIT_EXPECT_TRUE(test, addr || fingerprint() == before);
			KUNIT_EXPECT_EQ(test, translate(border).size, addr ? min(size, SZ_1G) : 0);
			expect_no_mistake(test);
		}
		KUNIT_EXPECT_EQ(test, failures, rows[i].tables);
		KUNIT_ASSERT_EQ(test, addr, border);
		expect_io(test, (void __iomem *)addr, HOLE_PHYS, size, MEMORY_DEVICE);
		iounmap((void __iomem *)addr);
		free_vm_area(filler);
	}
}

/* Where ioremap() gives up at any error, the leaf table's rows say which it was. */
static void missing_table_is_enomem(struct kunit *test)
{
	unsigned long addr = fresh_top_entry();

	page_alloc_fail_after(1);
	KUNIT_EXPECT_EQ(test, map_leaf(addr, SZ_1G), -ENOMEM);
	page_alloc_fail_after(1);
	KUNIT_EXPECT_EQ(test, map_leaf(addr, SZ_2M), -ENOMEM);
	page_alloc_fail_after(2);
	KUNIT_EXPECT_EQ(test, map_leaf(addr, SZ_2M), -ENOMEM);
	page_alloc_fail_after(0);
	KUNIT_EXPECT_EQ(test, map_leaf(addr, SZ_2M), 0);
	vunmap_range(addr, addr + SZ_2M);
}

/* The kernel's tables say nothing of the user's half, though the index of an entry is the same. */
static void user_half_is_not_told(struct kunit *test)
{
	unsigned long addr = fresh_top_entry();

	KUNIT_EXPECT_EQ(test, map_leaf(addr, SZ_2M), 0);
	KUNIT_EXPECT_TRUE(test, kern_addr_valid(addr));
	KUNIT_EXPECT_FALSE(test, kern_addr_valid(addr & (TASK_SIZE - 1)));
	vunmap_range(addr, addr + SZ_2M);
	KUNIT_EXPECT_EQ(test, map_leaf(PAGE_OFFSET, SZ_2M), 0);
	expect_kern_addr(test, PAGE_OFFSET + 1, PAGE_OFFSET + SZ_2M);
	vunmap_range(PAGE_OFFSET, PAGE_OFFSET + SZ_2M);
}

static const struct kunit_case blocks_cases[] = {
	KUNIT_CASE(block_takes_the_place_of_a_table),
	KUNIT_CASE(block_takes_the_place_of_two_levels),
	KUNIT_CASE(blocks_follow_one_another),
	KUNIT_CASE(block_in_use_is_not_replaced),
	KUNIT_CASE(missing_tables_leave_no_block),
	KUNIT_CASE(missing_table_is_enomem),
	KUNIT_CASE(user_half_is_not_told),
	{},
};

static const struct kunit_suite blocks_suite = {
	.name = "blocks",
	.cases = blocks_cases,
};
kunit_test_suite(blocks_suite);
