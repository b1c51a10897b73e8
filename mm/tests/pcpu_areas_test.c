/* SPDX-License-Identifier: MIT */
/*
 * Where per-CPU areas are placed: at the distances that were asked for, and as high as possible.
 * Other areas stand in the way here, and each answer is compared with a plain search.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/fail_alloc.h>
#include <mm/percpu.h>
#include <mm/slab.h>
#include <mm/tests/vmap_area_check.h>
#include <mm/vmalloc.h>

#define STEP (4 * PAGE_SIZE) /* an alignment above a page */

/* Three areas; the first one is not the lowest, and between the others is room for a fourth. */
static const unsigned long offsets[] = { STEP, 0, 4 * STEP };
static const size_t sizes[] = { 2 * PAGE_SIZE, PAGE_SIZE, 3 * PAGE_SIZE };

#define NR ARRAY_SIZE(sizes)

/* Whether an area, or the mark in the allocator's free space, has a part of [start, end). */
static bool is_taken(unsigned long start, unsigned long end)
{
	const struct vmap_area *va;
	bool taken = false;

	spin_lock(&vmap_area_lock);
	list_for_each_entry(va, &vmap_area_list, list)
		taken |= va->va_start < end && va->va_end > start;
	spin_unlock(&vmap_area_lock);
	return taken;
}

/* The highest base, by trying all of them. */
static unsigned long model_base(void)
{
	unsigned long base;
	unsigned int i;

	for (base = ALIGN_DOWN(VMALLOC_END - PAGE_SIZE, STEP);; base -= STEP) {
		for (i = 0; i < NR; i++) {
			unsigned long end = base + offsets[i] + sizes[i] + PAGE_SIZE;

			if (end > VMALLOC_END || is_taken(base + offsets[i], end))
				break;
		}
		if (i == NR)
			return base;
	}
}

static void expect_highest(struct kunit *test)
{
	unsigned long before = fingerprint(), base = model_base();
	struct vm_struct **vms = pcpu_get_vm_areas(offsets, sizes, NR, STEP);
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, vms);
	for (i = 0; i < NR; i++) {
		KUNIT_EXPECT_EQ(test, (unsigned long)vms[i]->addr, base + offsets[i]);
		KUNIT_EXPECT_EQ(test, vms[i]->size, sizes[i] + PAGE_SIZE);
		KUNIT_EXPECT_EQ(test, get_vm_area_size(vms[i]), sizes[i]);
		KUNIT_EXPECT_TRUE(test, find_vm_area(vms[i]->addr) == vms[i]);
	}
	expect_sound(test);
	pcpu_free_vm_areas(vms, NR);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
	expect_sound(test);
}

/* Areas near the top, with holes between them: for none of the three, for some, for all. */
static void highest_base_where_all_fit(struct kunit *test)
{
	static const unsigned int pages[] = { 1, 2, 7, 3, 1, 30, 5, 2, 11 };
	struct vm_struct *others[ARRAY_SIZE(pages)];
	unsigned long end = VMALLOC_END, start;
	unsigned int i;

	expect_highest(test);
	for (i = 0; i < ARRAY_SIZE(pages); i++) {
		start = end - (pages[i] + i % 3 + 2) * PAGE_SIZE;
		others[i] = __get_vm_area_caller(pages[i] * PAGE_SIZE, VM_ALLOC, start, end, NULL);
		expect_highest(test);
		end = start;
	}
	for (i = 0; i < ARRAY_SIZE(pages); i += 2)
		if (others[i]) {
			free_vm_area(others[i]);
			others[i] = NULL;
			expect_highest(test);
		}
	for (i = 0; i < ARRAY_SIZE(pages); i++)
		if (others[i])
			free_vm_area(others[i]);
}

/* From below, requests go on as if nothing had happened. */
static void lowest_first_is_not_disturbed(struct kunit *test)
{
	struct vm_struct *vm = get_vm_area_caller(PAGE_SIZE, VM_ALLOC, NULL), *again;
	struct vm_struct **vms;
	unsigned long lowest;

	KUNIT_ASSERT_NOT_NULL(test, vm);
	lowest = (unsigned long)vm->addr;
	free_vm_area(vm);
	vms = pcpu_get_vm_areas(offsets, sizes, NR, STEP);
	again = get_vm_area_caller(PAGE_SIZE, VM_ALLOC, NULL);
	KUNIT_ASSERT_TRUE(test, vms && again);
	KUNIT_EXPECT_EQ(test, (unsigned long)again->addr, lowest);
	pcpu_free_vm_areas(vms, NR);
	free_vm_area(again);
}

static void what_does_not_fit_changes_nothing(struct kunit *test)
{
	static const unsigned long far[] = { 0, ALIGN_DOWN(~0UL / 2, STEP) };
	static const unsigned long near[] = { 0, STEP };
	size_t large[] = { PAGE_SIZE, VMALLOC_END - VMALLOC_START };
	struct vm_struct *lowest = get_vm_area_caller(PAGE_SIZE, VM_ALLOC, NULL);
	unsigned long before = fingerprint();
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, lowest);
	KUNIT_EXPECT_NULL(test, pcpu_get_vm_areas(far, sizes, 2, STEP));
	KUNIT_EXPECT_NULL(test, pcpu_get_vm_areas(near, large, 2, STEP));
	large[1] -= STEP + PAGE_SIZE; /* one base would do, if the lowest area were not there */
	KUNIT_EXPECT_NULL(test, pcpu_get_vm_areas(near, large, 2, STEP));
	for (i = 1; i <= NR + 1; i++) {
		kmalloc_fail_after(i);
		KUNIT_EXPECT_NULL(test, pcpu_get_vm_areas(offsets, sizes, NR, STEP));
		kmalloc_fail_after(0);
	}
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
	expect_sound(test);
	free_vm_area(lowest);
}

static const struct kunit_case pcpu_areas_cases[] = {
	KUNIT_CASE(highest_base_where_all_fit),
	KUNIT_CASE(lowest_first_is_not_disturbed),
	KUNIT_CASE(what_does_not_fit_changes_nothing),
	{},
};

static const struct kunit_suite pcpu_areas_suite = {
	.name = "pcpu_areas",
	.cases = pcpu_areas_cases,
};
kunit_test_suite(pcpu_areas_suite);
