/* SPDX-License-Identifier: MIT */
/*
 * Static mappings from a machine's table to the records, with no architecture behind them: rows
 * are noted instead of mapped. A program of its own, because boot reads tables once.
 */
#include <asm/mem_type.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <mm/memblock.h>
#include <mm/mm_init.h>
#include <mm/page.h>
#include <mm/static_vm.h>
#include <mm/vmalloc.h>

#define PAGES(n) ((n) * PAGE_SIZE)
#define BASE     (VMALLOC_START + SZ_64M)
#define RAM      0x80000000ULL /* as far as memblock knows; RAM_SIZE of it */
#define RAM_SIZE SZ_1M

#define ROW(virt, phys, size, mtype) \
	{ .virtual = (virt), .pfn = (phys) >> PAGE_SHIFT, .length = (size), .type = (mtype) }

/* --- In the place of an architecture --- */

static const struct map_desc *mapped[8];
static unsigned int nr_mapped, nr_mapped_at_fill, nr_fills;

void create_mapping(const struct map_desc *row)
{
	mapped[nr_mapped++ % ARRAY_SIZE(mapped)] = row;
}

void fill_pmd_gaps(unsigned long addr, unsigned long end)
{
	nr_mapped_at_fill = nr_mapped;
	nr_fills++;
}

const struct mem_type *get_mem_type(unsigned int type)
{
	static const struct mem_type types[NR_MEM_TYPES];

	return type < NR_MEM_TYPES ? &types[type] : NULL;
}

/* --- A machine --- */

/* In no order; the first and the last page of the space are taken, and two rows touch. */
static const struct map_desc rows[] = {
	ROW(BASE + PAGES(4), 0x0a000000, PAGES(4), MT_DEVICE),
	ROW(VMALLOC_END - PAGES(2), 0x0c000000, PAGES(2), MT_DEVICE_WC),
	ROW(BASE + PAGES(8), 0x0a008000, PAGES(2), MT_DEVICE),
	ROW(VMALLOC_START, RAM - PAGE_SIZE, PAGE_SIZE, MT_DEVICE),
	ROW(BASE + PAGES(12), RAM + RAM_SIZE, PAGES(1), MT_DEVICE),
	ROW(BASE, 0x0a000000, PAGES(1), MT_DEVICE_CACHED),
};

#define KEPT (BASE + PAGES(32))

static void __attribute__((constructor)) boot(void)
{
	static char ram[16 * PAGE_SIZE] __aligned(PAGE_SIZE);

	memblock_add(__pa(ram), sizeof(ram));
	memblock_add(RAM, RAM_SIZE);
	memblock_reserve(RAM, RAM_SIZE);
	iotable_init(rows, ARRAY_SIZE(rows));
	vm_reserve_area_early(KEPT, PAGES(2), boot);
}

static struct vm_struct *at(unsigned long addr)
{
	return find_vm_area((void *)addr);
}

/* --- Records --- */

static void each_row_is_mapped_once(struct kunit *test)
{
	unsigned int i;

	KUNIT_EXPECT_EQ(test, nr_mapped, ARRAY_SIZE(rows));
	for (i = 0; i < ARRAY_SIZE(rows); i++)
		KUNIT_EXPECT_TRUE(test, mapped[i] == &rows[i]);
	/* What is left over between them is known only then. */
	KUNIT_EXPECT_EQ(test, nr_fills, ARRAY_SIZE(rows)); /* each row, when all are mapped */
	KUNIT_EXPECT_EQ(test, nr_mapped_at_fill, ARRAY_SIZE(rows));
}

static void each_row_has_a_record(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		unsigned long start = rows[i].virtual, end = start + rows[i].length;
		struct vm_struct *vm = at(start);

		KUNIT_ASSERT_NOT_NULL(test, vm);
		KUNIT_EXPECT_EQ(test, (unsigned long)vm->addr, start);
		KUNIT_EXPECT_EQ(test, (unsigned long)vm->addr + vm->size, end);
		KUNIT_EXPECT_EQ(test, vm->phys_addr, (phys_addr_t)rows[i].pfn << PAGE_SHIFT);
		KUNIT_EXPECT_EQ(test, vm->flags,
				VM_IOREMAP | VM_NO_GUARD | VM_EARLY | VM_ARM_MTYPE(rows[i].type));
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
	KUNIT_EXPECT_TRUE(test, vm->caller == (const void *)boot);
	KUNIT_EXPECT_NULL(test, at(KEPT + PAGES(2)));
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
	KUNIT_EXPECT_EQ(test, n, ARRAY_SIZE(rows) + 1);
}

/* --- The search by physical address --- */

static void only_the_whole_range_answers(struct kunit *test)
{
	static const struct {
		phys_addr_t phys;
		size_t size;
		unsigned int type;
		unsigned long virt; /* of the mapping; 0: none */
	} questions[] = {
		{ 0x0a000000, PAGES(4), MT_DEVICE, BASE + PAGES(4) },
		{ 0x0a000000, 1, MT_DEVICE, BASE + PAGES(4) },
		{ 0x0a003fff, 1, MT_DEVICE, BASE + PAGES(4) },
		{ 0x0a000000, PAGES(4) + 1, MT_DEVICE, 0 },
		{ 0x0a003fff, 2, MT_DEVICE, 0 },
		{ 0x09ffffff, 2, MT_DEVICE, 0 },
		{ 0x09ffffff, 1, MT_DEVICE, 0 },
		{ 0x0a004000, 1, MT_DEVICE, 0 },
		/* The second of a type; the same range of another type. */
		{ 0x0a009000, PAGE_SIZE, MT_DEVICE, BASE + PAGES(8) },
		{ 0x0a000000, PAGE_SIZE, MT_DEVICE_CACHED, BASE },
		{ 0x0a001000, 1, MT_DEVICE_CACHED, 0 },
		{ 0x0a000000, 1, MT_DEVICE_WC, 0 },
		{ 0x0c001fff, 1, MT_DEVICE_WC, VMALLOC_END - PAGES(2) },
		{ 0x0c000000, 1, MT_DEVICE, 0 },
		/* What is kept maps nothing: its physical address, 0, means that. */
		{ 0, 1, MT_DEVICE, 0 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(questions); i++) {
		struct vm_struct *vm = find_static_vm_paddr(questions[i].phys, questions[i].size,
							    questions[i].type);

		if ((vm ? (unsigned long)vm->addr : 0) != questions[i].virt)
			KUNIT_FAIL(test, "question %u is answered by 0x%lx", i,
				   vm ? (unsigned long)vm->addr : 0);
	}
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
	vm_reserve_area_early(KEPT + PAGES(8), PAGE_SIZE, boot);
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

/* --- Boot goes on --- */

static void records_are_areas(struct kunit *test)
{
	const struct vm_struct *vm;

	vmalloc_init();
	list_for_each_entry(vm, &vmap_area_list, area.list)
		if (vm->size) /* else an end, or the mark */
			KUNIT_EXPECT_TRUE(test, find_vm_area(vm->addr) == vm);
}

static const struct kunit_case static_vm_cases[] = {
	KUNIT_CASE(each_row_is_mapped_once),
	KUNIT_CASE(each_row_has_a_record),
	KUNIT_CASE(what_is_kept_has_a_record),
	KUNIT_CASE(the_list_ascends),
	KUNIT_CASE(only_the_whole_range_answers),
	KUNIT_CASE(wrong_rows_are_named),
	KUNIT_CASE(the_wrong_row_is_numbered),
	KUNIT_CASE(no_memory_is_a_panic),
	KUNIT_CASE(records_are_areas),
	{},
};

static const struct kunit_suite static_vm_suite = {
	.name = "static_vm",
	.cases = static_vm_cases,
};
kunit_test_suite(static_vm_suite);
