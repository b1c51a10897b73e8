/* SPDX-License-Identifier: MIT */
/*
 * Empty tables are given back when memory is short: which of them, in which order of steps, and
 * that the next mapping makes them anew. On the host no page counts as free, so every wish is
 * refused, after the tables were given back.
 */
#include <host.h>
#include <kernel/base/kunit.h>
#include <mm/gfp.h>
#include <mm/ioremap.h>
#include <mm/pgalloc.h>
#include <mm/slab.h>
#include <mm/tests/mapping_check.h>
#include <mm/tests/table_log.h>
#include <mm/vmalloc.h>
#include <mm/watermark.h>

/* By pages only: address and physical address never agree on more. */
#define PHYS 0x10001000ULL
#define SIZE (8 * PMD_SIZE)

/* Tables for SIZE at an address that is aligned to it, the upper ones being there. */
#define TABLES (SIZE / PMD_SIZE)

static int free_tables_of_other_tests(struct kunit *test)
{
	free_empty_tables();
	host_reset();
	return 0;
}

static void a_refusal_gives_tables_back_first(struct kunit *test)
{
	void __iomem *io = ioremap(PHYS, SIZE);
	unsigned long pages;

	KUNIT_ASSERT_NOT_NULL(test, io);
	iounmap(io);
	pages = pgtable_nr_pages();
	host_reset();
	KUNIT_EXPECT_FALSE(test, pages_to_spare(1));
	KUNIT_EXPECT_EQ(test, count_log().freed, TABLES);
	KUNIT_EXPECT_EQ(test, pgtable_nr_pages(), pages - TABLES);
	expect_no_mistake(test);
	KUNIT_EXPECT_FALSE(test, pages_to_spare(1)); /* none is left */
	KUNIT_EXPECT_EQ(test, count_log().freed, TABLES);
}

/* A walker may have cached where a table is: it forgets before the page is given back. */
static void tables_go_after_the_flush(struct kunit *test)
{
	void __iomem *io = ioremap(PHYS, SIZE);

	iounmap(io);
	host_reset();
	KUNIT_EXPECT_EQ(test, free_empty_tables(), TABLES);
	expect_in_log(test, PMD_ENTRIES > 1 ? "clear, copy, tlb, free" : "clear, tlb, free");
	host_reset();
	KUNIT_EXPECT_EQ(test, free_empty_tables(), 0UL);
	KUNIT_EXPECT_STREQ(test, host_log(), "");
}

/* Also one that has a single page in it, and one that its guard page reaches into. */
static void tables_of_areas_stay(struct kunit *test)
{
	void __iomem *large = ioremap(PHYS, SIZE);
	void __iomem *small[2] = { ioremap(PHYS, PAGE_SIZE), ioremap(PHYS, PMD_SIZE - PAGE_SIZE) };
	unsigned int i;

	iounmap(large);
	KUNIT_EXPECT_GE(test, free_empty_tables(), TABLES - 1);
	for (i = 0; i < 2; i++)
		expect_io(test, small[i], PHYS, i ? PMD_SIZE - PAGE_SIZE : PAGE_SIZE,
			  MEMORY_DEVICE);
	host_reset();
	KUNIT_EXPECT_EQ(test, free_empty_tables(), 0UL);
	large = ioremap(PHYS, SIZE);
	expect_io_leaves(test, (unsigned long)large, PHYS, SIZE, MEMORY_DEVICE, PAGE_SIZE);
	expect_no_mistake(test);
	iounmap(large);
	iounmap(small[0]);
	iounmap(small[1]);
}

/* What is said to be missing is what a mapping makes; once made, none is missing. */
static void missing_tables_are_counted(struct kunit *test)
{
	static const unsigned long sizes[] = { PAGE_SIZE, PMD_SIZE, SIZE };
	unsigned int i, j;

	for (i = 0; i < 3; i++) {
		struct vm_struct *vm = get_vm_area_caller(sizes[i], VM_IOREMAP, NULL);
		unsigned long start = (unsigned long)vm->addr;

		for (j = 0; j < 2; j++) {
			unsigned long before = pgtable_nr_pages();
			unsigned long missing = missing_tables(start, start + sizes[i]);
			void __iomem *io;

			KUNIT_EXPECT_EQ(test, missing,
					j ? 0UL : (sizes[i] + PMD_SIZE - 1) / PMD_SIZE);
			release_vm_area(vm);
			io = ioremap(PHYS, sizes[i]);
			KUNIT_EXPECT_EQ(test, (unsigned long)io & PAGE_MASK, start);
			KUNIT_EXPECT_EQ(test, pgtable_nr_pages(), before + missing);
			iounmap(io);
			kfree(vm);
			vm = get_vm_area_caller(sizes[i], VM_IOREMAP, NULL);
		}
		release_vm_area(vm);
		kfree(vm);
		free_empty_tables();
	}
}

/* In a range without any table, every level counts. */
static void upper_tables_count_too(struct kunit *test)
{
	unsigned long start = ALIGN(VMALLOC_END / 2 + VMALLOC_START / 2, PGDIR_SIZE), n;

	if (PGDIR_SIZE == PMD_SIZE) {
		KUNIT_EXPECT_EQ(test, missing_tables(start - PAGE_SIZE, start + PAGE_SIZE), 2UL);
		return;
	}
	for (n = 0; n <= 2; n++)
		KUNIT_EXPECT_EQ(test, missing_tables(start, start + n * PUD_SIZE + PAGE_SIZE),
				1 + (n + 1) + n * (PUD_SIZE / PMD_SIZE) + 1);
	KUNIT_EXPECT_EQ(test, missing_tables(start - PAGE_SIZE, start + PAGE_SIZE), 6UL);
}

static const struct kunit_case watermark_cases[] = {
	KUNIT_CASE(a_refusal_gives_tables_back_first),
	KUNIT_CASE(tables_go_after_the_flush),
	KUNIT_CASE(tables_of_areas_stay),
	KUNIT_CASE(missing_tables_are_counted),
	KUNIT_CASE(upper_tables_count_too),
	{},
};

static const struct kunit_suite watermark_suite = {
	.name = "watermark",
	.init = free_tables_of_other_tests,
	.cases = watermark_cases,
};
kunit_test_suite(watermark_suite);
