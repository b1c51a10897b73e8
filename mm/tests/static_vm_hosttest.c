/* SPDX-License-Identifier: MIT */
/*
 * What static mappings answer (static_machine.h): the search by physical address, and what
 * ioremap() and iounmap() make of them.
 */
#include <asm/mem_type.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/ioremap.h>
#include <mm/tests/static_machine.h>
#include <mm/tests/vmap_area_check.h>
#include <mm/vmalloc.h>

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

/* --- Boot goes on: vmalloc space takes the areas over --- */

static void start_vmalloc(void)
{
	static bool started;

	if (!started)
		vmalloc_init();
	started = true;
}

static void records_are_areas(struct kunit *test)
{
	const struct vm_struct *vm;

	start_vmalloc();
	list_for_each_entry(vm, &vmap_area_list, area.list)
		if (vm->size) /* else an end, or the mark */
			KUNIT_EXPECT_TRUE(test, find_vm_area(vm->addr) == vm);
}

/* --- The calls of drivers --- */

static void ioremap_answers_from_a_row(struct kunit *test)
{
	unsigned long before;

	start_vmalloc();
	before = fingerprint();
	KUNIT_EXPECT_EQ(test, (unsigned long)ioremap(0x0a000000, PAGES(4)), BASE + PAGES(4));
	KUNIT_EXPECT_EQ(test, (unsigned long)ioremap(0x0a001204, 0x200), BASE + PAGES(4) + 0x1204);
	KUNIT_EXPECT_EQ(test, (unsigned long)ioremap_cache(0x0a000ffc, 4), BASE + 0xffc);
	KUNIT_EXPECT_EQ(test, nr_new, 0U);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}

static void another_type_is_mapped_anew(struct kunit *test)
{
	unsigned long before, made = nr_new;
	void __iomem *io;

	start_vmalloc();
	before = fingerprint();
	io = ioremap_wc(0x0a000000, PAGE_SIZE);
	KUNIT_ASSERT_NOT_NULL(test, io);
	KUNIT_EXPECT_EQ(test, nr_new, made + 1);
	KUNIT_EXPECT_NE(test, (unsigned long)io, BASE);
	KUNIT_EXPECT_NE(test, (unsigned long)io, BASE + PAGES(4));
	iounmap(io);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}

/* Whatever address of it a driver has. It is the machine's, and another driver may hold it. */
static void iounmap_leaves_a_row(struct kunit *test)
{
	static const unsigned long inside[] = { BASE + PAGES(4), BASE + PAGES(5) + 0x204,
						BASE + PAGES(8) - 1, VMALLOC_END - PAGE_SIZE };
	unsigned long before;
	unsigned int i;

	start_vmalloc();
	before = fingerprint();
	nr_unmapped = 0;
	for (i = 0; i < ARRAY_SIZE(inside); i++) {
		KUNIT_EXPECT_NOT_NULL(test, find_vm_area((void *)inside[i]));
		iounmap((void __iomem *)inside[i]);
	}
	KUNIT_EXPECT_EQ(test, host_warnings, 0U);
	KUNIT_EXPECT_EQ(test, nr_unmapped, 0U);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}

static const struct kunit_case static_vm_cases[] = {
	KUNIT_CASE(only_the_whole_range_answers), KUNIT_CASE(records_are_areas),
	KUNIT_CASE(ioremap_answers_from_a_row),   KUNIT_CASE(another_type_is_mapped_anew),
	KUNIT_CASE(iounmap_leaves_a_row),         {},
};

static const struct kunit_suite static_vm_suite = {
	.name = "static_vm",
	.init = boot_machine,
	.cases = static_vm_cases,
};
kunit_test_suite(static_vm_suite);
