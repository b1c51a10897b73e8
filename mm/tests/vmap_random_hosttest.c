/* SPDX-License-Identifier: MIT */
/*
 * The address space allocator under millions of random requests. Boot's areas stand as on a real
 * machine, some at the bottom of the range and some at its top, so that the largest gap has an
 * owner.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/sizes.h>
#include <mm/tests/vmap_random.h>

#define STEPS 2000000

static struct vm_struct early[] = {
	{ .addr = (void *)VMALLOC_START, .size = SZ_2M, .flags = VM_MAP },
	{ .addr = (void *)(VMALLOC_END - SZ_16M), .size = SZ_1M, .flags = VM_IOREMAP },
	{ .addr = (void *)(VMALLOC_END - SZ_2M), .size = SZ_2M, .flags = VM_IOREMAP },
};

/* The allocator is right without its mark, too: vmalloc_init() sets that. */
static void before_the_mark(struct kunit *test)
{
	struct random_run run = { VMALLOC_START, VMALLOC_END, 20000, 1, 1 };
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(early); i++)
		vm_area_add_early(&early[i]);
	run_random_requests(test, &run);
	vmalloc_init();
	expect_sound(test);
}

static void millions_of_requests(struct kunit *test)
{
	struct random_run run = { VMALLOC_START, VMALLOC_END, STEPS, 64, 2 };

	run_random_requests(test, &run);
}

/* Most requests share one start; others lie between, and begin above the mark or below it. */
static void other_bounds_between(struct kunit *test)
{
	struct random_run usual = { VMALLOC_START, VMALLOC_END, 50, 5, 3 };
	struct random_run other = { VMALLOC_START + SZ_16M, VMALLOC_END - SZ_1M, 50, 5, 4 };
	int round;

	for (round = 0; round < 400 && !test->failures; round++) {
		run_random_requests(test, &usual);
		other.start = VMALLOC_START + (round % 64) * SZ_1M;
		run_random_requests(test, &other);
	}
}

static const struct vmap_area *find_mark(void)
{
	const struct vmap_area *va;

	list_for_each_entry(va, &vmap_area_list, list)
		if (va->va_end == va->va_start && va->list.prev != &vmap_area_list &&
		    va->list.next != &vmap_area_list) /* the ends have no size either */
			return va;
	return NULL;
}

/* When the areas have reached the mark, to the byte, it moves up with the next one. */
static void the_mark_stays_above(struct kunit *test)
{
	const struct vmap_area *mark = find_mark(), *below;
	struct vm_struct *vm[2];

	KUNIT_ASSERT_NOT_NULL(test, mark);
	below = list_entry(mark->list.prev, struct vmap_area, list);
	vm[0] = get_vm_area_caller(mark->va_start - below->va_end, VM_ALLOC | VM_NO_GUARD, NULL);
	KUNIT_EXPECT_EQ(test, vm[0]->area.va_end, mark->va_start);
	vm[1] = get_vm_area_caller(1, VM_ALLOC, NULL);
	KUNIT_EXPECT_EQ(test, vm[1]->area.va_start, vm[0]->area.va_end);
	KUNIT_EXPECT_GT(test, mark->va_start, vm[1]->area.va_end);
	expect_sound(test);
	free_vm_area(vm[0]);
	free_vm_area(vm[1]);
}

static const struct kunit_case vmap_million_cases[] = {
	KUNIT_CASE(before_the_mark),
	KUNIT_CASE(the_mark_stays_above),
	KUNIT_CASE(millions_of_requests),
	KUNIT_CASE(other_bounds_between),
	{},
};

static const struct kunit_suite vmap_million_suite = {
	.name = "vmap_million",
	.cases = vmap_million_cases,
};
kunit_test_suite(vmap_million_suite);
