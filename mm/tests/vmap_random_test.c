/* SPDX-License-Identifier: MIT */
/*
 * The address space allocator under random requests, in a window of the vmalloc range that is free
 * and in the whole range.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/sizes.h>
#include <mm/tests/vmap_random.h>

#define WINDOW_SIZE SZ_8M

static void random_requests_in_a_window(struct kunit *test)
{
	struct random_run run = { .steps = 4000, .check_every = 1, .seed = 20 };
	struct vm_struct *vm = get_vm_area_caller(WINDOW_SIZE, VM_IOREMAP | VM_NO_GUARD, NULL);

	KUNIT_ASSERT_NOT_NULL(test, vm);
	run.start = (unsigned long)vm->addr;
	run.end = run.start + WINDOW_SIZE;
	free_vm_area(vm);
	run_random_requests(test, &run);
}

static void random_requests_anywhere(struct kunit *test)
{
	struct random_run run = { VMALLOC_START, VMALLOC_END, 4000, 1, 21 };

	run_random_requests(test, &run);
}

static const struct kunit_case vmap_random_cases[] = {
	KUNIT_CASE(random_requests_in_a_window),
	KUNIT_CASE(random_requests_anywhere),
	{},
};

static const struct kunit_suite vmap_random_suite = {
	.name = "vmap_random",
	.cases = vmap_random_cases,
};
kunit_test_suite(vmap_random_suite);
