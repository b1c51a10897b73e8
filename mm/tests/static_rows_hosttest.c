/* SPDX-License-Identifier: MIT */
/*
 * From a machine's table of static mappings to the records (static_machine.h), and the mistakes in
 * a table: each ends the boot, and the message says which row, and why.
 */
#include <asm/mem_type.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <mm/memblock.h>
#include <mm/tests/static_machine.h>
#include <mm/vmalloc.h>

static struct vm_struct *at(unsigned long addr)
{
	return find_vm_area((void *)addr);
}

/* --- Records --- */

static void each_row_is_mapped_once(struct kunit *test)
{
	unsigned int i;

	KUNIT_EXPECT_EQ(test, nr_mapped, NR_ROWS);
	for (i = 0; i < NR_ROWS; i++)
		KUNIT_EXPECT_TRUE(test, mapped_rows[i] == &static_rows[i]);
}

/* Which halves of pairs are left over is known only when the last row is mapped. */
static void gaps_are_filled_when_all_are_mapped(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, nr_fills, NR_ROWS);
	KUNIT_EXPECT_EQ(test, nr_mapped_at_fill, NR_ROWS);
}

static void each_row_has_a_record(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < NR_ROWS; i++) {
		unsigned long start = static_rows[i].virtual, end = start + static_rows[i].length;
		struct vm_struct *vm = at(start);

		KUNIT_ASSERT_NOT_NULL(test, vm);
		KUNIT_EXPECT_EQ(test, (unsigned long)vm->addr, start);
		KUNIT_EXPECT_EQ(test, (unsigned long)vm->addr + vm->size, end);
		KUNIT_EXPECT_EQ(test, vm->phys_addr, (phys_addr_t)static_rows[i].pfn << PAGE_SHIFT);
		KUNIT_EXPECT_EQ(test, vm->flags,
				VM_IOREMAP | VM_NO_GUARD | VM_EARLY |
					VM_ARM_MTYPE(static_rows[i].type));
		KUNIT_EXPECT_TRUE(test, vm->caller == (const void *)iotable_init);
		KUNIT_EXPECT_TRUE(test, at(end - 1) == vm);
		KUNIT_EXPECT_TRUE(test, at(end) != vm);
		KUNIT_EXPECT_TRUE(test, at(start - 1) != vm);
	}
}

static void what_is_kept_has_a_record(struct kunit *test)
{
	struct vm_struct *vm = at(KEPT + PAGES(2) - 1);

	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_EQ(test, (unsigned long)vm->addr, KEPT);
	KUNIT_EXPECT_EQ(test, vm->size, PAGES(2));
	KUNIT_EXPECT_EQ(test, vm->phys_addr, 0ULL);
	KUNIT_EXPECT_EQ(test, vm->flags, VM_IOREMAP | VM_NO_GUARD | VM_EARLY);
	KUNIT_EXPECT_TRUE(test, vm->caller == keeper);
	KUNIT_EXPECT_NULL(test, at(KEPT + PAGES(2)));
	/* It maps nothing: its physical address, 0, means that. */
	KUNIT_EXPECT_NULL(test, find_static_vm_paddr(0, 1, MT_DEVICE));
}

/* Listings go through the list as it is. */
static void the_list_ascends(struct kunit *test)
{
	const struct vm_struct *vm;
	unsigned long end = 0;
	unsigned int n = 0;

	list_for_each_entry(vm, &vmap_area_list, area.list) {
		KUNIT_EXPECT_GE(test, (unsigned long)vm->addr, end);
		end = (unsigned long)vm->addr + vm->size;
		n += vm->size > 0; /* the ends of the address space have none */
	}
	KUNIT_EXPECT_EQ(test, n, NR_ROWS + 1);
}

/* --- Mistakes in a table --- */

static void init_one(void *row)
{
	iotable_init(row, 1);
}

static void init_two(void *rows)
{
	iotable_init(rows, 2);
}

static void expect_refusal(struct kunit *test, const struct map_desc *row, const char *why)
{
	unsigned int before = nr_mapped;

	if (!host_panics(init_one, (void *)row))
		KUNIT_FAIL(test, "0x%lx was accepted, though it %s", row->virtual, why);
	else if (!strstr(host_panic_text, why))
		KUNIT_FAIL(test, "not \"%s\": %s", why, host_panic_text);
	KUNIT_EXPECT_EQ(test, nr_mapped, before);
}

static void wrong_rows_are_named(struct kunit *test)
{
	static const struct map_desc not_whole[] = {
		ROW(KEPT - PAGES(8), 0, 0, MT_DEVICE),
		ROW(KEPT - PAGES(8), 0, PAGE_SIZE + 1, MT_DEVICE),
		ROW(KEPT - PAGES(8) + 1, 0, PAGE_SIZE, MT_DEVICE),
	};
	static const struct map_desc outside[] = {
		ROW(VMALLOC_START - PAGE_SIZE, 0, PAGE_SIZE, MT_DEVICE),
		ROW(VMALLOC_END, 0, PAGE_SIZE, MT_DEVICE),
		ROW(VMALLOC_END - PAGES(4), 0, PAGES(5), MT_DEVICE),
		ROW(KEPT + PAGES(8), 0, ~0UL & PAGE_MASK, MT_DEVICE),
	};
	static const struct map_desc meets_ram[] = {
		ROW(KEPT + PAGES(8), RAM - PAGE_SIZE, PAGES(2), MT_DEVICE),
		ROW(KEPT + PAGES(8), RAM + RAM_SIZE - PAGE_SIZE, PAGES(1), MT_DEVICE),
	};
	static const struct map_desc meets_row[] = {
		ROW(BASE + PAGES(3), 0, PAGES(2), MT_DEVICE),
		ROW(BASE + PAGES(9), 0, PAGES(2), MT_DEVICE),
		ROW(BASE + PAGES(5), 0, PAGES(1), MT_DEVICE),
		ROW(BASE + PAGES(11), 0, PAGES(3), MT_DEVICE),
		ROW(KEPT + PAGE_SIZE, 0, PAGES(1), MT_DEVICE), /* what is kept */
	};
	static const struct map_desc no_type = ROW(KEPT - PAGES(8), 0, PAGE_SIZE, NR_MEM_TYPES);
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(not_whole); i++)
		expect_refusal(test, &not_whole[i], "is not made of whole pages");
	for (i = 0; i < ARRAY_SIZE(outside); i++)
		expect_refusal(test, &outside[i], "lies outside vmalloc space");
	for (i = 0; i < ARRAY_SIZE(meets_ram); i++)
		expect_refusal(test, &meets_ram[i], "meets RAM");
	for (i = 0; i < ARRAY_SIZE(meets_row); i++)
		expect_refusal(test, &meets_row[i], "meets another area");
	expect_refusal(test, &no_type, "has an unknown memory type");
}

static void keep_one(void *unused)
{
	vm_reserve_area_early(KEPT + PAGES(8), PAGE_SIZE, keep_one);
}

/* The message says which row, and where it wanted to be. */
static void the_wrong_row_is_numbered(struct kunit *test)
{
	static const struct map_desc second_is_wrong[] = {
		ROW(KEPT + PAGES(10), 0, PAGE_SIZE, MT_DEVICE),
		ROW(BASE, 0, PAGE_SIZE, MT_DEVICE),
	};
	char wanted[80];

	snprintf(wanted, sizeof(wanted), "row 1, virtual 0x%lx, meets another area", BASE);
	KUNIT_EXPECT_TRUE(test, host_panics(init_two, (void *)second_is_wrong));
	KUNIT_EXPECT_NOT_NULL(test, strstr(host_panic_text, wanted));
	KUNIT_EXPECT_NOT_NULL(test, at(KEPT + PAGES(10)));
}

static void no_memory_is_a_panic(struct kunit *test)
{
	static const struct map_desc row = ROW(KEPT + PAGES(8), 0, PAGE_SIZE, MT_DEVICE);

	memblock_set_current_limit(PAGE_SIZE);
	expect_refusal(test, &row, "no memory for 1 records");
	KUNIT_EXPECT_TRUE(test, host_panics(keep_one, NULL));
	KUNIT_EXPECT_NOT_NULL(test, strstr(host_panic_text, "no memory for a record"));
	memblock_set_current_limit(MEMBLOCK_ALLOC_ANYWHERE);
}

static void init_many(void *unused)
{
	static struct map_desc many[64];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(many); i++) {
		many[i].virtual = KEPT + PAGES(16 + i);
		many[i].pfn = i;
		many[i].length = PAGE_SIZE;
	}
	iotable_init(many, ARRAY_SIZE(many));
}

static void too_many_rows_are_a_panic(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, host_panics(init_many, NULL));
	KUNIT_EXPECT_NOT_NULL(test, strstr(host_panic_text, "more than 32 static mappings"));
}

static const struct kunit_case static_rows_cases[] = {
	KUNIT_CASE(each_row_is_mapped_once),   KUNIT_CASE(gaps_are_filled_when_all_are_mapped),
	KUNIT_CASE(each_row_has_a_record),     KUNIT_CASE(what_is_kept_has_a_record),
	KUNIT_CASE(the_list_ascends),          KUNIT_CASE(wrong_rows_are_named),
	KUNIT_CASE(the_wrong_row_is_numbered), KUNIT_CASE(no_memory_is_a_panic),
	KUNIT_CASE(too_many_rows_are_a_panic), {},
};

static const struct kunit_suite static_rows_suite = {
	.name = "static_rows",
	.init = boot_machine,
	.cases = static_rows_cases,
};
kunit_test_suite(static_rows_suite);
