/* SPDX-License-Identifier: MIT */
/*
 * Examples of what static mappings do: one case for each check of the lab, named like the check.
 * They are yours to read and to extend. The grader has tests of its own, with another table.
 *
 * In the kernel, boot has read the machine's table. On the host the same table is read here, and
 * what the architecture would map is counted.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/ioremap.h>
#include <mm/mm_init.h>
#include <mm/static_vm.h>
#include <mm/tests/vmap_area_check.h>
#include <mm/vmalloc.h>

#define WINDOW 0x0a000000ULL /* 16 KiB from here are at STATIC_IO_BASE */
#define FLASH  0x04000000ULL /* and 2 MiB from here 2 MiB above it */
#define KEPT   (STATIC_IO_BASE - SZ_64M)

#ifdef CONFIG_HOST

#include <host.h>
#include <mm/memblock.h>

static const struct map_desc rows[] = {
	{ STATIC_IO_BASE, WINDOW >> PAGE_SHIFT, SZ_16K, MT_DEVICE },
	{ STATIC_IO_BASE + SZ_2M, FLASH >> PAGE_SHIFT, SZ_2M, MT_DEVICE },
};
static unsigned int nr_mapped, nr_filled_early;

void create_mapping(const struct map_desc *row)
{
	nr_mapped++;
}

void fill_pmd_gaps(unsigned long addr, unsigned long end)
{
	nr_filled_early += nr_mapped < ARRAY_SIZE(rows);
}

/* Once, in front of the first case. */
static int setup(struct kunit *test)
{
	static char ram[4 * PAGE_SIZE] __aligned(PAGE_SIZE);
	static bool booted;

	if (booted)
		return 0;
	booted = true;
	memblock_add(__pa(ram), sizeof(ram));
	iotable_init(rows, ARRAY_SIZE(rows));
	vm_reserve_area_early(KEPT, PAGE_SIZE, setup);
	vmalloc_init();
	return 0;
}

static void gaps(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, nr_filled_early, 0U);
	KUNIT_EXPECT_NOT_NULL(test, find_vm_area((void *)KEPT));
	KUNIT_EXPECT_NULL(test, find_static_vm_paddr(0, 1, MT_DEVICE));
}

static void init_one(void *row)
{
	iotable_init(row, 1);
}

static void refusals(struct kunit *test)
{
	static struct map_desc row = { STATIC_IO_BASE + 1, 0, PAGE_SIZE, MT_DEVICE };
	static const char message[] = "iotable_init: row 0, virtual 0x";

	KUNIT_EXPECT_TRUE(test, host_panics(init_one, &row));
	KUNIT_EXPECT_EQ(test, __builtin_memcmp(host_panic_text, message, sizeof(message) - 1), 0);
}

#else

static int setup(struct kunit *test)
{
	return 0;
}

static void gaps(struct kunit *test)
{
	kunit_skip(test, "boot has filled them");
}

static void refusals(struct kunit *test)
{
	kunit_skip(test, "a wrong row ends the boot");
}

#endif

static void rows_are_areas(struct kunit *test)
{
	const struct vm_struct *vm = find_vm_area((void *)(STATIC_IO_BASE + PAGE_SIZE));

	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_EQ(test, (unsigned long)vm->addr, STATIC_IO_BASE);
	KUNIT_EXPECT_EQ(test, get_vm_area_size(vm), (size_t)SZ_16K);
	KUNIT_EXPECT_EQ(test, vm->phys_addr, WINDOW);
	KUNIT_EXPECT_TRUE(test, vm->caller == (const void *)iotable_init);
}

static void search(struct kunit *test)
{
	const struct vm_struct *vm = find_static_vm_paddr(WINDOW + 0x200, 0x200, MT_DEVICE);

	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_EQ(test, (unsigned long)vm->addr, STATIC_IO_BASE);
	KUNIT_EXPECT_NOT_NULL(test, find_static_vm_paddr(FLASH + SZ_2M - 1, 1, MT_DEVICE));
	KUNIT_EXPECT_NULL(test, find_static_vm_paddr(WINDOW, SZ_16K + 1, MT_DEVICE));
	KUNIT_EXPECT_NULL(test, find_static_vm_paddr(WINDOW, 1, MT_DEVICE_WC));
}

static void answer(struct kunit *test)
{
	unsigned long before = fingerprint();

	KUNIT_EXPECT_EQ(test, (unsigned long)ioremap(WINDOW + 0x200, 4), STATIC_IO_BASE + 0x200);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}

static void back(struct kunit *test)
{
	unsigned long before = fingerprint();

	KUNIT_EXPECT_NOT_NULL(test, find_vm_area((void *)STATIC_IO_BASE));
	iounmap((void __iomem *)(STATIC_IO_BASE + 0x200));
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
	KUNIT_EXPECT_NOT_NULL(test, find_vm_area((void *)STATIC_IO_BASE));
}

static const struct kunit_case lab8_cases[] = {
	{ .run_case = rows_are_areas, .name = "rows" },
	KUNIT_CASE(refusals),
	KUNIT_CASE(search),
	KUNIT_CASE(answer),
	KUNIT_CASE(gaps),
	KUNIT_CASE(back),
	{},
};

static const struct kunit_suite lab8 = { .name = "lab8", .init = setup, .cases = lab8_cases };
kunit_test_suite(lab8);
