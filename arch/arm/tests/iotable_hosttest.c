/* SPDX-License-Identifier: MIT */
/*
 * A machine's table of static mappings on arm, from iotable_init() to the entries, and what it
 * leaves to others: where a section fills half a pair, nobody may get the other half, for a table
 * of pages there would take the place of both. A program of its own, for boot maps once.
 */
#include <asm/mem_type.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/memblock.h>
#include <mm/mm_init.h>
#include <mm/pgalloc.h>
#include <mm/static_vm.h>
#include <mm/tests/mapping_check.h>
#include <mm/tests/table_log.h>
#include <mm/vmalloc.h>

#define BASE (STATIC_IO_BASE - SZ_64M)
#define PHYS 0x10000000ULL
#define MIB  SZ_1M

#define NO_DEVICE 0x80000000ULL  /* RAM, as far as memblock knows */
#define FOUR_GIB  0x100000000ULL /* the first byte that neither a page nor a section reaches */

#define ROW(mib, phys, length) \
	{ BASE + (mib) * MIB, (PHYS + (phys)) >> PAGE_SHIFT, length, MT_DEVICE }

/* In no order of addresses; the comment says which MiB of BASE are to be kept. */
static const struct map_desc rows[] = {
	ROW(21, 0x2500000, MIB),     /* with the row below it makes a pair */
	ROW(1, 0x100000, MIB),       /* 0: it fills an upper half */
	ROW(4, 0x400000, MIB),       /* 5: it fills a lower half */
	ROW(8, 0x800000, 2 * MIB),   /* a whole pair */
	ROW(13, 0xd00000, 4 * MIB),  /* 12 and 17: half a pair at either end */
	ROW(20, 0x2000000, MIB),     /* the other half of the first row */
	ROW(24, 0x2800000, SZ_16K),  /* pages: its pair has a table, the rest is free */
	ROW(29, 0x2d01000, MIB),     /* no section, as the physical address is no whole MiB */
	ROW(33, 0x3100000, MIB / 2), /* half a section is pages, too */
	{ BASE + 38 * MIB, (FOUR_GIB - 2 * MIB) >> PAGE_SHIFT, 2 * MIB, MT_DEVICE },
	{ BASE + 42 * MIB, (FOUR_GIB >> PAGE_SHIFT) - 1, PAGE_SIZE, MT_DEVICE },
};
static const unsigned int kept[] = { 0, 5, 12, 17 };

static struct table_log boot_log;

static void __attribute__((constructor)) boot(void)
{
	static char ram[16 * PAGE_SIZE] __aligned(PAGE_SIZE);

	memblock_add(__pa(ram), sizeof(ram));
	memblock_add(NO_DEVICE, SZ_1M);
	memblock_reserve(NO_DEVICE, SZ_1M);
	iotable_init(rows, ARRAY_SIZE(rows));
	boot_log = count_log();
	vmalloc_init();
}

/* Boot goes on with a driver that uses them: each row can be walked when its record is made. */
static void rows_can_be_walked(struct kunit *test)
{
	KUNIT_EXPECT_GT(test, boot_log.made, 0UL);
	KUNIT_EXPECT_EQ(test, boot_log.left_unordered, 0UL);
	KUNIT_EXPECT_EQ(test, boot_log.replaced + boot_log.cleared, 0UL);
}

static void rows_are_mapped(struct kunit *test)
{
	const struct map_desc *row;

	for (row = rows; row < rows + ARRAY_SIZE(rows); row++) {
		phys_addr_t phys = (phys_addr_t)row->pfn << PAGE_SHIFT;
		bool sections = IS_ALIGNED(phys | row->virtual | row->length, MIB);
		struct vm_struct *area = find_vm_area((void *)row->virtual);

		expect_io_leaves(test, row->virtual, phys, row->length, MEMORY_DEVICE,
				 sections ? MIB : PAGE_SIZE);
		KUNIT_ASSERT_NOT_NULL(test, area);
		KUNIT_EXPECT_EQ(test, (unsigned long)area->addr, row->virtual);
		KUNIT_EXPECT_EQ(test, area->size, row->length);
	}
}

/* A record of its own, which says nothing of a physical address and has no guard. */
static void other_half_is_kept(struct kunit *test)
{
	unsigned int i, areas = 0;
	struct vmap_area *va;

	for (i = 0; i < ARRAY_SIZE(kept); i++) {
		unsigned long addr = BASE + kept[i] * MIB;
		struct vm_struct *area = find_vm_area((void *)addr);

		KUNIT_ASSERT_NOT_NULL(test, area);
		KUNIT_EXPECT_EQ(test, (unsigned long)area->addr, addr);
		KUNIT_EXPECT_EQ(test, area->size, MIB);
		KUNIT_EXPECT_EQ(test, get_vm_area_size(area), MIB);
		KUNIT_EXPECT_EQ(test, area->phys_addr, 0ULL);
		KUNIT_EXPECT_TRUE(test, area->caller && area->caller != iotable_init);
		expect_hole(test, addr, addr + MIB);
	}
	list_for_each_entry(va, &vmap_area_list, list)
		areas += va->va_end > va->va_start; /* the allocator's mark has no size */
	KUNIT_EXPECT_EQ(test, areas, ARRAY_SIZE(rows) + ARRAY_SIZE(kept));
}

/* Of the pair at that MiB of BASE: how much is given out, page by page? */
static unsigned long free_in_pair(unsigned int mib, unsigned long flags)
{
	static struct vm_struct *taken[PMD_SIZE / PAGE_SIZE + 1]; /* and the one that is refused */
	unsigned long start = BASE + mib * MIB, size = 0;
	unsigned int n = 0;

	while ((taken[n] = __get_vm_area_caller(PAGE_SIZE, flags | VM_NO_GUARD, start,
						start + PMD_SIZE, boot)))
		size += taken[n++]->size;
	while (n--)
		free_vm_area(taken[n]);
	return size;
}

static void nobody_gets_the_other_half(struct kunit *test)
{
	static const unsigned long kinds[] = { VM_IOREMAP, VM_ALLOC, VM_MAP };
	unsigned int i, k;

	for (k = 0; k < ARRAY_SIZE(kinds); k++) {
		for (i = 0; i < ARRAY_SIZE(kept); i++)
			KUNIT_EXPECT_EQ(test, free_in_pair(kept[i] & ~1U, kinds[k]), 0UL);
		KUNIT_EXPECT_EQ(test, free_in_pair(8, kinds[k]), 0UL);
		KUNIT_EXPECT_EQ(test, free_in_pair(20, kinds[k]), 0UL);
		KUNIT_EXPECT_EQ(test, free_in_pair(24, kinds[k]), PMD_SIZE - SZ_16K);
		KUNIT_EXPECT_EQ(test, free_in_pair(28, kinds[k]), PMD_SIZE - MIB);
		KUNIT_EXPECT_EQ(test, free_in_pair(32, kinds[k]), PMD_SIZE - MIB / 2);
	}
}

/* What is kept maps nothing: it answers no ioremap(), though iounmap() knows to leave it alone. */
static void other_half_is_no_mapping(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, find_static_vm_paddr(0, PAGE_SIZE, MT_DEVICE));
	KUNIT_EXPECT_TRUE(test, find_vm_area((void *)(BASE + kept[0] * MIB))->flags & VM_EARLY);
}

static void init_one(void *row)
{
	iotable_init(row, 1);
}

/* A mistake in a machine's table ends boot, and the message says which. */
static void wrong_rows_are_named(struct kunit *test)
{
	static const struct {
		struct map_desc row;
		const char *why;
	} wrong[] = {
		{ ROW(40, 0, 0), "is not made of whole pages" },
		{ ROW(40, 0, PAGE_SIZE + 1), "is not made of whole pages" },
		{ { BASE + 1, 0, PAGE_SIZE, MT_DEVICE }, "is not made of whole pages" },
		{ { PAGE_OFFSET, 0, PAGE_SIZE, MT_DEVICE }, "lies outside vmalloc space" },
		{ { VMALLOC_END - MIB, 0, 2 * MIB, MT_DEVICE }, "lies outside vmalloc space" },
		{ { VMALLOC_END + MIB, 0, MIB, MT_DEVICE }, "lies outside vmalloc space" },
		{ { BASE, 0, PAGE_SIZE, NR_MEM_TYPES }, "has an unknown memory type" },
		{ { BASE, NO_DEVICE >> PAGE_SHIFT, PAGE_SIZE, MT_DEVICE }, "meets RAM" },
		{ { BASE + 56 * MIB, FOUR_GIB >> PAGE_SHIFT, PAGE_SIZE, MT_DEVICE },
		  "is not below 4 GiB" },
		{ { BASE + 56 * MIB, (FOUR_GIB >> PAGE_SHIFT) - 1, 2 * PAGE_SIZE, MT_DEVICE },
		  "is not below 4 GiB" },
		{ { BASE + 56 * MIB, (FOUR_GIB - MIB) >> PAGE_SHIFT, 2 * MIB, MT_DEVICE },
		  "is not below 4 GiB" },
		{ ROW(2, 0, 3 * MIB), "meets another area" },
		{ ROW(0, 0, MIB), "meets another area" }, /* what is kept */
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		KUNIT_EXPECT_TRUE(test, host_panics(init_one, (void *)&wrong[i].row));
		if (!strstr(host_panic_text, wrong[i].why))
			KUNIT_FAIL(test, "not \"%s\": %s", wrong[i].why, host_panic_text);
	}
}

static void map_one(void *row)
{
	create_mapping(row);
}

/* A pair is two sections or a table of pages, and what came first stays. */
static void pair_of_two_kinds_is_refused(struct kunit *test)
{
	static const struct {
		struct map_desc first, second;
		const char *why;
	} wrong[] = {
		{ ROW(48, 0, MIB), ROW(49, MIB, PAGE_SIZE), "a pair that has a section" },
		{ ROW(51, MIB, MIB), ROW(50, 0, PAGE_SIZE), "a pair that has a section" },
		{ ROW(52, 0, PAGE_SIZE), ROW(53, MIB, MIB), "is mapped by pages already" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		create_mapping(&wrong[i].first);
		KUNIT_EXPECT_TRUE(test, host_panics(map_one, (void *)&wrong[i].second));
		if (!strstr(host_panic_text, wrong[i].why))
			KUNIT_FAIL(test, "not \"%s\": %s", wrong[i].why, host_panic_text);
		KUNIT_EXPECT_TRUE(test, translate(wrong[i].first.virtual).size != 0);
		expect_hole(test, wrong[i].second.virtual, wrong[i].second.virtual + PAGE_SIZE);
	}
}

static const struct kunit_case iotable_cases[] = {
	KUNIT_CASE(rows_can_be_walked),           KUNIT_CASE(rows_are_mapped),
	KUNIT_CASE(other_half_is_kept),           KUNIT_CASE(nobody_gets_the_other_half),
	KUNIT_CASE(other_half_is_no_mapping),     KUNIT_CASE(wrong_rows_are_named),
	KUNIT_CASE(pair_of_two_kinds_is_refused), {},
};

static const struct kunit_suite iotable_suite = {
	.name = "iotable",
	.cases = iotable_cases,
};
kunit_test_suite(iotable_suite);
