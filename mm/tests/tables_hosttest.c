/* SPDX-License-Identifier: MIT */
/*
 * The table code under watch (table_log.h), with the architecture's real format: what is stored,
 * flushed and freed, and in which order. Here the tests choose virtual addresses themselves, so
 * that ranges meet the borders of every level. A machine is made up for the tests that run in the
 * kernel, too.
 */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <kernel/sched/sched.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/ioremap.h>
#include <mm/memblock.h>
#include <mm/pgalloc.h>
#include <mm/static_vm.h>
#include <mm/tests/kern_addr_check.h>
#include <mm/tests/mapping_check.h>
#include <mm/tests/table_log.h>
#include <mm/vmalloc.h>
#include <mm/vmap_range.h>

#define PHYS 0x10000000ULL

/* --- A machine: RAM, a static window, a task --- */

static void __attribute__((constructor)) make_machine(void)
{
	static struct task_struct task;
	static struct vm_struct window = {
		.addr = (void *)STATIC_IO_BASE,
		.size = SZ_16K,
		.flags = VM_IOREMAP | VM_NO_GUARD | VM_ARM_MTYPE(MT_DEVICE),
		.phys_addr = 0x0a000000,
	};

	host_current = &task;
	memblock_add(0x40000000, SZ_512M);
	add_static_vm_early(&window);
	vmalloc_init();
}

/* --- Ranges at the borders of every level --- */

static pgprot_t device(void)
{
	return get_mem_type(MT_DEVICE)->prot_pte;
}

/* Maps pages, looks at them and at both neighbours, takes them back, and looks at the log. */
static void map_and_unmap(struct kunit *test, unsigned long start, unsigned long end)
{
	unsigned long pages = (end - start) / PAGE_SIZE;

	host_reset();
	KUNIT_ASSERT_EQ(test, ioremap_page_range(start, end, PHYS, device()), 0);
	expect_io_leaves(test, start, PHYS, end - start, MEMORY_DEVICE, PAGE_SIZE);
	expect_hole(test, start - PAGE_SIZE, start);
	if (end < VMALLOC_END)
		expect_hole(test, end, end + PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, count_log().cleared, 0UL);

	host_reset();
	vunmap_range(start, end);
	KUNIT_EXPECT_EQ(test, count_log().cleared, pages);
	KUNIT_EXPECT_TRUE(test, table_log_flushed(start, end));
	expect_hole(test, start - PAGE_SIZE, end);
	expect_no_mistake(test);
}

static void pages_meet_every_border(struct kunit *test)
{
	static const unsigned long level[] = { PMD_SIZE, PUD_SIZE, PGDIR_SIZE };
	unsigned long border, before, behind;
	unsigned int i;

	for (i = 0; i < 3; i++) {
		border = ALIGN(VMALLOC_START + SZ_16M, level[i]);
		for (before = 0; before <= 2; before++)
			for (behind = !before; behind <= 2; behind++)
				map_and_unmap(test, border - before * PAGE_SIZE,
					      border + behind * PAGE_SIZE);
		map_and_unmap(test, border - PMD_SIZE - PAGE_SIZE, border + PMD_SIZE + PAGE_SIZE);
	}
	map_and_unmap(test, VMALLOC_END - PAGE_SIZE, VMALLOC_END);
	map_and_unmap(test, VMALLOC_END - PMD_SIZE - PAGE_SIZE, VMALLOC_END);
}

/* --- The order of the steps --- */

static void map_one_page(void *addr)
{
	ioremap_page_range((unsigned long)addr, (unsigned long)addr + PAGE_SIZE, PHYS, device());
}

/*
 * A table is zero before a walker can find it, an entry can be walked before the call returns. Of
 * arm's pair, the entry that other processors look at comes last.
 */
static void steps_of_a_mapping(struct kunit *test)
{
	unsigned long start = ALIGN(VMALLOC_START + SZ_128M, PMD_SIZE), page = start + PAGE_SIZE;
	struct page *pages[] = { alloc_page(0) };

	map_one_page((void *)(start - PMD_SIZE)); /* the upper tables are there from here on */
	host_reset();
	map_one_page((void *)start);
	KUNIT_EXPECT_STREQ(test, host_log(),
			   PMD_ENTRIES == 2
				   ? "alloc, smp_wmb, make, smp_wmb, make, sync, make, vmap"
				   : "alloc, smp_wmb, make, sync, make, vmap");
	expect_no_mistake(test);
	host_reset();
	KUNIT_EXPECT_EQ(
		test, vmap_pages_range(page, page + PAGE_SIZE, PAGE_KERNEL, pages, PAGE_SHIFT), 0);
	KUNIT_EXPECT_STREQ(test, host_log(), "make, vmap");
	host_reset();
	vunmap_range(start, page + PAGE_SIZE);
	KUNIT_EXPECT_STREQ(test, host_log(), "vunmap, clear, tlb");
	vunmap_range(start - PMD_SIZE, start);
	__free_page(pages[0]);
}

static bool owner_is_asked, range_had_owner;

/* In the place of the host's: was the range still taken when it was flushed? */
void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	host_note(HOST_TLB, "tlb", start, end);
	if (owner_is_asked)
		range_had_owner = vm_area_overlaps(start, end);
}

/* The range has an owner until its translations are gone: the next one must not hit them. */
static void steps_of_iounmap(struct kunit *test)
{
	void __iomem *io = ioremap(PHYS, 3 * PAGE_SIZE);

	host_reset();
	owner_is_asked = true;
	iounmap(io);
	owner_is_asked = false;
	KUNIT_EXPECT_TRUE(test, range_had_owner);
	KUNIT_EXPECT_STREQ(test, host_log(), "vunmap, clear, tlb");
	KUNIT_EXPECT_TRUE(test,
			  table_log_flushed((unsigned long)io, (unsigned long)io + 3 * PAGE_SIZE));
}

/* --- Entries in use --- */

static void entry_in_use_is_refused(struct kunit *test)
{
	struct page *pages[] = { alloc_page(0), alloc_page(0), alloc_page(0) };
	unsigned long start = ALIGN(VMALLOC_START + SZ_32M, PMD_SIZE) - PAGE_SIZE;
	unsigned long used = start + 2 * PAGE_SIZE;

	map_one_page((void *)used);
	KUNIT_EXPECT_TRUE(test, host_panics(map_one_page, (void *)used));
	host_reset();
	KUNIT_EXPECT_EQ(test,
			vmap_pages_range(start, start + 3 * PAGE_SIZE, PAGE_KERNEL, pages,
					 PAGE_SHIFT),
			-EBUSY);
	expect_no_mistake(test);
	expect_hole(test, start, used);
	expect_io_leaves(test, used, PHYS, PAGE_SIZE, MEMORY_DEVICE, PAGE_SIZE);
	vunmap_range(start, start + 3 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(
		test,
		vmap_pages_range(start, start + 3 * PAGE_SIZE, PAGE_KERNEL, pages, PAGE_SHIFT), 0);
	KUNIT_EXPECT_EQ(test, translate(used).phys, page_to_phys(pages[2]));
	KUNIT_EXPECT_EQ(test, translate(used).memory, MEMORY_CACHED);
	vunmap_range(start, start + 3 * PAGE_SIZE);
	__free_page(pages[0]);
	__free_page(pages[1]);
	__free_page(pages[2]);
}

/* --- Missing tables --- */

static void missing_tables_leave_nothing(struct kunit *test)
{
	unsigned long start = ALIGN(VMALLOC_START + SZ_64M, PGDIR_SIZE) + 4 * PMD_SIZE - PAGE_SIZE;
	unsigned long end = start + PMD_SIZE + 2 * PAGE_SIZE;
	unsigned int n;

	for (n = 1; n < 12; n++) {
		int err;

		host_reset();
		page_alloc_fail_after(n);
		err = ioremap_page_range(start, end, PHYS, device());
		page_alloc_fail_after(0);
		if (!err)
			break;
		KUNIT_EXPECT_EQ(test, err, -ENOMEM);
		expect_hole(test, start - PAGE_SIZE, end + PAGE_SIZE);
		expect_no_mistake(test);
	}
	KUNIT_EXPECT_TRUE(test, n > 1 && n < 12);
	expect_io_leaves(test, start, PHYS, end - start, MEMORY_DEVICE, PAGE_SIZE);
	vunmap_range(start, end);
}

/* --- Asking what is there --- */

/* One page, and what is missing at each level beside it. */
static void page_and_holes_are_told(struct kunit *test)
{
	unsigned long addr = ALIGN(VMALLOC_START + SZ_64M, PGDIR_SIZE) + 3 * PMD_SIZE + PAGE_SIZE;

	map_one_page((void *)addr);
	KUNIT_EXPECT_TRUE(test, kern_addr_valid(addr));
	expect_kern_addr(test, addr, addr + PAGE_SIZE);
	expect_kern_addr(test, addr + PMD_SIZE, addr + PMD_SIZE + PAGE_SIZE);
	expect_kern_addr(test, addr + PUD_SIZE, addr + PUD_SIZE + PAGE_SIZE);
	expect_kern_addr(test, addr + PGDIR_SIZE, addr + PGDIR_SIZE + PAGE_SIZE);
	vunmap_range(addr, addr + PAGE_SIZE);
	KUNIT_EXPECT_FALSE(test, kern_addr_valid(addr));
	expect_kern_addr(test, addr, addr + PAGE_SIZE);
}

/* Every kind of leaf that ioremap() makes, and what it leaves. */
static void every_leaf_is_told(struct kunit *test)
{
	static const u64 sizes[] = { SZ_4K, SZ_2M, SZ_2M + SZ_4K, SZ_16M, SZ_1G };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		unsigned long addr = (unsigned long)ioremap(HOLE_PHYS, sizes[i]);

		if (!addr) /* where only supersections reach, or there is less space */
			addr = (unsigned long)ioremap(PHYS, sizes[i]);
		if (!addr)
			continue;
		KUNIT_EXPECT_TRUE(test, kern_addr_valid(addr));
		expect_kern_addr(test, addr, addr + sizes[i]);
		iounmap((void __iomem *)addr);
		expect_kern_addr(test, addr, addr + sizes[i]);
	}
}

/* `explain` prints the name: it must say the size that the row maps. */
static void leaves_are_named_by_their_size(struct kunit *test)
{
	static const struct {
		unsigned long size;
		const char *unit;
	} units[] = { { SZ_1G, "GiB" }, { SZ_1M, "MiB" }, { SZ_1K, "KiB" } };
	const struct leaf_type *leaf;
	unsigned int unit;
	char text[32];

	for (leaf = leaf_types;; leaf++) {
		for (unit = 0; leaf->size < units[unit].size; unit++)
			;
		snprintf(text, sizeof(text), " of %lu %s", leaf->size / units[unit].size,
			 units[unit].unit);
		if (!strstr(leaf->name, text))
			KUNIT_FAIL(test, "\"%s\" maps 0x%lx", leaf->name, leaf->size);
		if (leaf->size == PAGE_SIZE)
			break;
	}
}

/* --- Large leaves in the place of tables --- */

/* Pages, a large leaf over their empty table, pages again: in the order of break before make. */
static void table_goes_before_the_leaf_comes(struct kunit *test)
{
	static const unsigned long large[] = { SZ_2M, SZ_16M };
	unsigned int i;

	for (i = 0; i < 2; i++) {
		/* Neighbouring addresses that no large leaf can join. */
		void __iomem *io = ioremap(PHYS + PAGE_SIZE, large[i] - PAGE_SIZE);

		iounmap(io);
		host_reset();
		KUNIT_EXPECT_EQ(test, (unsigned long)ioremap(PHYS, large[i]), (unsigned long)io);
		KUNIT_EXPECT_EQ(test, count_log().freed, large[i] / PMD_SIZE);
		KUNIT_EXPECT_EQ(test, count_log().cleared, large[i] / PMD_SIZE * PMD_ENTRIES);
		expect_io(test, io, PHYS, large[i], MEMORY_DEVICE);
		expect_no_mistake(test);
		host_reset();
		iounmap(io);
		KUNIT_EXPECT_EQ(test, count_log().cleared, large[i] / PMD_SIZE * PMD_ENTRIES);
		KUNIT_EXPECT_TRUE(test, table_log_flushed((unsigned long)io,
							  (unsigned long)io + large[i]));
		expect_no_mistake(test);
	}
}

/* After everything that was mapped is gone again, no table holds an entry but for tables. */
static void no_call_makes_a_mistake(struct kunit *test)
{
	static const u64 sizes[] = { SZ_4K, SZ_2M, SZ_2M + SZ_4K, SZ_16M, SZ_1G, SZ_1G + SZ_2M };
	unsigned int i, j;

	for (i = 0; i < 6; i++) {
		for (j = 0; j < 6; j++) {
			void __iomem *one, *other;

			host_reset();
			one = ioremap(HOLE_PHYS, sizes[i]);
			other = ioremap(PHYS, sizes[j]);
			if (one)
				iounmap(one);
			KUNIT_EXPECT_TRUE(test, !one || !count_log().left_unflushed);
			one = ioremap(HOLE_PHYS, sizes[j]);
			if (other)
				iounmap(other);
			if (one)
				iounmap(one);
			expect_no_mistake(test);
		}
	}
}

static const struct kunit_case tables_cases[] = {
	KUNIT_CASE(pages_meet_every_border),
	KUNIT_CASE(steps_of_a_mapping),
	KUNIT_CASE(steps_of_iounmap),
	KUNIT_CASE(entry_in_use_is_refused),
	KUNIT_CASE(missing_tables_leave_nothing),
	KUNIT_CASE(page_and_holes_are_told),
	KUNIT_CASE(every_leaf_is_told),
	KUNIT_CASE(leaves_are_named_by_their_size),
	KUNIT_CASE(table_goes_before_the_leaf_comes),
	KUNIT_CASE(no_call_makes_a_mistake),
	{},
};

static const struct kunit_suite tables_suite = {
	.name = "tables",
	.cases = tables_cases,
};
kunit_test_suite(tables_suite);
