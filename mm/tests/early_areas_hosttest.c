/* SPDX-License-Identifier: MIT */
/*
 * Areas that stand before vmalloc_init(): which ones may be added, and what is left for the
 * allocator afterwards. Boot happens once, so this is a program of its own, and its cases build on
 * each other. Places are counted in pages from VMALLOC_START.
 */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/page.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>

#define PAGES(n) ((n) * PAGE_SIZE)
#define PLACE(n) (VMALLOC_START + PAGES(n))
#define BLOCK    4096L /* the first page of the area that the mistakes meet */
#define CALLER   ((void *)0x1234)

#define AREA(place, n) { .addr = (void *)PLACE(place), .size = PAGES(n), .flags = VM_MAP }

static void add(void *vm)
{
	vm_area_add_early(vm);
}

static void add_all(struct vm_struct *vm, unsigned int n)
{
	while (n--)
		vm_area_add_early(vm++);
}

/* --- Mistakes of a caller --- */

static struct vm_struct block = AREA(BLOCK, 2);

/* Each of these is a BUG, and the list stays as it was: a later case counts the areas. */
static void mistakes_are_bugs(struct kunit *test)
{
	struct vm_struct wrong[] = {
		AREA(64, 0),        AREA(BLOCK - 1, 2), AREA(BLOCK + 1, 2), AREA(BLOCK, 2),
		AREA(BLOCK + 1, 1), AREA(BLOCK, 1),     AREA(BLOCK - 1, 4),
	};
	struct vm_struct unaligned = AREA(64, 1), broken = AREA(64, 1);
	unsigned int i;

	vm_area_add_early(&block);
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		if (!host_panics(add, &wrong[i]))
			KUNIT_FAIL(test, "row %u was added", i);
	unaligned.addr += 1;
	KUNIT_EXPECT_TRUE(test, host_panics(add, &unaligned));
	broken.size += 1;
	KUNIT_EXPECT_TRUE(test, host_panics(add, &broken));
}

/* Areas may touch, on either side, and come in any order. One lies below the vmalloc range. */
static struct vm_struct beside[] = {
	AREA(BLOCK + 2, 1), AREA(-1L, 1), AREA(4, 1), AREA(BLOCK - 1, 1), AREA(1, 1),
};

static void areas_may_touch(struct kunit *test)
{
	add_all(beside, ARRAY_SIZE(beside));
}

/* --- Boot goes on --- */

static void expect_found(struct kunit *test, struct vm_struct *vm)
{
	KUNIT_EXPECT_TRUE(test, find_vm_area(vm->addr) == vm);
	KUNIT_EXPECT_TRUE(test, find_vm_area(vm->addr + vm->size - 1) == vm);
	KUNIT_EXPECT_TRUE(test, find_vm_area(vm->addr - 1) != vm);
	KUNIT_EXPECT_TRUE(test, find_vm_area(vm->addr + vm->size) != vm);
}

/* An area without size is a mark of the allocator's. */
static unsigned int count_areas(void)
{
	const struct vmap_area *va;
	unsigned int n = 0;

	list_for_each_entry(va, &vmap_area_list, list)
		n += va->va_end > va->va_start;
	return n;
}

/* The early areas are the areas, and what lies between them is given out, lowest first. */
static void allocator_gets_the_holes(struct kunit *test)
{
	static const unsigned long holes[][2] = { { 1, 0 }, { 2, 2 }, { 1, 5 }, { BLOCK - 7, 6 } };
	struct vm_struct *vm[ARRAY_SIZE(holes)];
	unsigned int i;

	vmalloc_init();
	KUNIT_EXPECT_EQ(test, count_areas(), ARRAY_SIZE(beside) + 1);
	expect_found(test, &block);
	for (i = 0; i < ARRAY_SIZE(beside); i++)
		expect_found(test, &beside[i]);

	for (i = 0; i < ARRAY_SIZE(holes); i++) {
		vm[i] = get_vm_area_caller(PAGES(holes[i][0]), VM_ALLOC | VM_NO_GUARD, CALLER);
		KUNIT_ASSERT_NOT_NULL(test, vm[i]);
		KUNIT_EXPECT_EQ(test, (unsigned long)vm[i]->addr, PLACE(holes[i][1]));
	}
	KUNIT_EXPECT_NULL(test, __get_vm_area_caller(1, VM_ALLOC | VM_NO_GUARD, VMALLOC_START,
						     PLACE(BLOCK + 3), CALLER));
	for (i = 0; i < ARRAY_SIZE(holes); i++)
		free_vm_area(vm[i]);
}

/* A record must come before vmalloc_init(), or its range may have been given out already. */
static void too_late_is_a_bug(struct kunit *test)
{
	static struct vm_struct late = AREA(6, 1);

	KUNIT_EXPECT_TRUE(test, host_panics(add, &late));
	KUNIT_EXPECT_NULL(test, find_vm_area((void *)PLACE(6)));
}

static const struct kunit_case early_areas_cases[] = {
	KUNIT_CASE(mistakes_are_bugs),
	KUNIT_CASE(areas_may_touch),
	KUNIT_CASE(allocator_gets_the_holes),
	KUNIT_CASE(too_late_is_a_bug),
	{},
};

static const struct kunit_suite early_areas_suite = {
	.name = "early_areas",
	.cases = early_areas_cases,
};
kunit_test_suite(early_areas_suite);
