/* SPDX-License-Identifier: MIT */
/*
 * Examples of what areas do: one case for each check of the lab, named like the check. They are
 * yours to read and to extend. The grader has tests of its own, with other values.
 *
 * In the kernel, boot has made areas already, and `early` has nothing to do.
 */
#include <kernel/base/kunit.h>
#include <mm/fail_alloc.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>

#define PAGES(n) ((n) * PAGE_SIZE)
#define CALLER   ((void *)0x1234)

static bool vmalloc_runs;

/* On the host nothing has called vmalloc_init(). `early` runs before it, the other cases behind. */
static int setup(struct kunit *test)
{
#ifdef CONFIG_HOST
	if (!vmalloc_runs && __builtin_strcmp(test->name, "early")) {
		vmalloc_init();
		vmalloc_runs = true;
	}
#else
	vmalloc_runs = true;
#endif
	return 0;
}

static void early(struct kunit *test)
{
	static struct vm_struct vm = { .size = PAGES(2), .flags = VM_IOREMAP };
	unsigned long start = VMALLOC_START + SZ_64M;

	if (vmalloc_runs) {
		kunit_skip(test, "the kernel has booted");
		return;
	}
	vm.addr = (void *)start;
	vm_area_add_early(&vm);
	KUNIT_EXPECT_TRUE(test, vm_area_overlaps(start - PAGE_SIZE, start + PAGES(3)));
	KUNIT_EXPECT_FALSE(test, vm_area_overlaps(start - PAGE_SIZE, start));
	KUNIT_EXPECT_TRUE(test, find_vm_area((void *)start) == &vm);
}

static void sizes(struct kunit *test)
{
	struct vm_struct *vm = get_vm_area_caller(5, VM_ALLOC, CALLER);

	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_EQ(test, vm->size, PAGES(2));
	KUNIT_EXPECT_EQ(test, vm->area.va_end - vm->area.va_start, PAGES(2));
	free_vm_area(vm);
	KUNIT_EXPECT_NULL(test, get_vm_area_caller(0, VM_ALLOC, CALLER));
}

static void align(struct kunit *test)
{
	struct vm_struct *page = get_vm_area_caller(1, VM_ALLOC | VM_NO_GUARD, CALLER);
	struct vm_struct *vm = get_vm_area_caller(PAGES(7), VM_IOREMAP, CALLER);

	KUNIT_ASSERT_TRUE(test, page && vm);
	KUNIT_EXPECT_EQ(test, (unsigned long)vm->addr & (PAGES(8) - 1), 0UL);
	free_vm_area(vm);
	free_vm_area(page);
}

static void places(struct kunit *test)
{
	struct vm_struct *first = get_vm_area_caller(PAGES(3), VM_ALLOC, CALLER), *again;
	void *addr;

	KUNIT_ASSERT_NOT_NULL(test, first);
	addr = first->addr;
	free_vm_area(first);
	again = get_vm_area_caller(PAGES(3), VM_ALLOC, CALLER);
	KUNIT_ASSERT_NOT_NULL(test, again);
	KUNIT_EXPECT_EQ(test, again->addr, addr);
	free_vm_area(again);
}

static void failure(struct kunit *test)
{
	struct vm_struct *vm;

	kmalloc_fail_after(1);
	KUNIT_EXPECT_NULL(test, get_vm_area_caller(PAGE_SIZE, VM_ALLOC, CALLER));
	kmalloc_fail_after(0);
	vm = get_vm_area_caller(PAGE_SIZE, VM_ALLOC, CALLER);
	KUNIT_ASSERT_NOT_NULL(test, vm);
	free_vm_area(vm);
}

static void remove(struct kunit *test)
{
	struct vm_struct *vm = get_vm_area_caller(PAGES(2), VM_ALLOC, CALLER);

	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_TRUE(test, remove_vm_area(vm->addr + PAGE_SIZE) == vm);
	KUNIT_EXPECT_NULL(test, find_vm_area(vm->addr));
	KUNIT_EXPECT_NULL(test, remove_vm_area(vm->addr));
	kfree(vm);
}

static void claim(struct kunit *test)
{
	struct vm_struct *vm = get_vm_area_caller(PAGES(2), VM_IOREMAP, CALLER);

	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_NULL(test, claim_vm_area(vm->addr, VM_ALLOC));
	KUNIT_EXPECT_NULL(test, claim_vm_area(vm->addr + PAGE_SIZE, VM_IOREMAP));
	KUNIT_EXPECT_TRUE(test, claim_vm_area(vm->addr, VM_IOREMAP) == vm);
	KUNIT_EXPECT_NULL(test, find_vm_area(vm->addr));
	free_vm_area(vm);
}

static const struct kunit_case lab6_cases[] = {
	KUNIT_CASE(early),   KUNIT_CASE(sizes),  KUNIT_CASE(align), KUNIT_CASE(places),
	KUNIT_CASE(failure), KUNIT_CASE(remove), KUNIT_CASE(claim), {},
};

static const struct kunit_suite lab6 = { .name = "lab6", .init = setup, .cases = lab6_cases };
kunit_test_suite(lab6);
