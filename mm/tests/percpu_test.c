/* SPDX-License-Identifier: MIT */
/*
 * Per-CPU memory in use: each processor's copy is its own, zero at first, and reached by the
 * distance that leads to its variables. In the kernel only: the host maps nothing.
 */
#include <kernel/base/kunit.h>
#include <kernel/base/smp.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/percpu.h>
#include <mm/slab.h>
#include <mm/tests/mapping_check.h>
#include <mm/tests/vmap_area_check.h>

#define LARGEST (PCPU_UNIT_SIZE - PAGE_SIZE)

static void each_processor_has_a_copy(struct kunit *test)
{
	u64 *counter = alloc_percpu(u64);
	unsigned int cpu;

	KUNIT_ASSERT_NOT_NULL(test, counter);
	for_each_possible_cpu(cpu) {
		KUNIT_EXPECT_EQ(test, *per_cpu_ptr(counter, cpu), 0);
		*per_cpu_ptr(counter, cpu) = 100 + cpu;
	}
	for_each_possible_cpu(cpu) {
		KUNIT_EXPECT_EQ(test, *per_cpu_ptr(counter, cpu), 100 + cpu);
		KUNIT_EXPECT_EQ(test, (char *)per_cpu_ptr(counter, cpu) - (char *)counter,
				(char *)&per_cpu(cpu_number, cpu) - (char *)&cpu_number);
	}
	KUNIT_EXPECT_EQ(test, *this_cpu_ptr(counter), 100 + smp_processor_id());
	free_percpu(counter);
}

/* An area for each processor, at the top; its pages are mapped, its guard page is not. */
static void an_area_for_each_processor(struct kunit *test)
{
	char *whole = __alloc_percpu(LARGEST, PAGE_SIZE);
	unsigned int cpu;

	KUNIT_ASSERT_NOT_NULL(test, whole);
	for_each_possible_cpu(cpu) {
		char *copy = per_cpu_ptr(whole, cpu);
		struct vm_struct *vm = find_vm_area(copy);
		unsigned long pos;

		KUNIT_ASSERT_NOT_NULL(test, vm);
		KUNIT_EXPECT_EQ(test, vm->addr, (void *)copy);
		KUNIT_EXPECT_EQ(test, vm->size, PCPU_UNIT_SIZE);
		KUNIT_EXPECT_EQ(test, vm->flags, VM_PERCPU);
		KUNIT_EXPECT_TRUE(test, vm->caller == pcpu_get_vm_areas);
		for (pos = 0; pos < LARGEST; pos += PAGE_SIZE)
			KUNIT_EXPECT_EQ(test, translate((unsigned long)copy + pos).size, PAGE_SIZE);
		KUNIT_EXPECT_EQ(test, translate((unsigned long)copy + LARGEST).size, 0);
		memset(copy, ~0, LARGEST);
	}
	free_percpu(whole);
	KUNIT_EXPECT_NULL(test, find_vm_area(whole));
}

/* What was freed is given out again, and is zero again. */
static void zeroed_each_time(struct kunit *test)
{
	char *first = __alloc_percpu(100, 8), *again, *byte;
	unsigned int cpu;

	KUNIT_ASSERT_NOT_NULL(test, first);
	for_each_possible_cpu(cpu)
		memset(per_cpu_ptr(first, cpu), ~0, 100);
	free_percpu(first);
	again = __alloc_percpu(100, 8);
	KUNIT_EXPECT_EQ(test, (void *)again, (void *)first);
	for_each_possible_cpu(cpu)
		for (byte = per_cpu_ptr(again, cpu); byte < per_cpu_ptr(again, cpu) + 100; byte++)
			KUNIT_EXPECT_EQ(test, *byte, 0);
	free_percpu(again);
}

/* Any sizes and alignments: no two overlap, all lie in the areas, and all memory comes back. */
static void sizes_and_alignments(struct kunit *test)
{
	unsigned long before = fingerprint(), pages = pcpu_nr_pages();
	char *ptrs[64];
	unsigned int i, n;

	for (i = 0; i < ARRAY_SIZE(ptrs); i++) {
		unsigned long size = i * 53 % 1024 + 1, align = 1UL << i % 13;

		ptrs[i] = __alloc_percpu(size, align);
		KUNIT_ASSERT_NOT_NULL(test, ptrs[i]);
		KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)ptrs[i], align));
		memset(per_cpu_ptr(ptrs[i], nr_cpu_ids - 1), i + 1, size);
	}
	for (i = 0; i < ARRAY_SIZE(ptrs); i++)
		for (n = 0; n <= i * 53 % 1024; n++)
			KUNIT_ASSERT_EQ(test, per_cpu_ptr(ptrs[i], nr_cpu_ids - 1)[n],
					(char)(i + 1));
	KUNIT_EXPECT_TRUE(test, pcpu_nr_pages() > pages);
	for (i = 0; i < ARRAY_SIZE(ptrs); i++)
		free_percpu(ptrs[i * 27 % ARRAY_SIZE(ptrs)]); /* each once, in another order */
	KUNIT_EXPECT_EQ(test, pcpu_nr_pages(), pages);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}

static void nonsense_is_refused(struct kunit *test)
{
	char *ptr = __alloc_percpu(24, 8);
	unsigned long before = fingerprint();
	char variable;

	KUNIT_ASSERT_NOT_NULL(test, ptr);
	KUNIT_EXPECT_WARNING(test, KUNIT_EXPECT_NULL(test, __alloc_percpu(0, 8)));
	KUNIT_EXPECT_WARNING(test, KUNIT_EXPECT_NULL(test, __alloc_percpu(LARGEST + 1, 8)));
	KUNIT_EXPECT_WARNING(test, KUNIT_EXPECT_NULL(test, __alloc_percpu(8, 24)));
	KUNIT_EXPECT_WARNING(test, KUNIT_EXPECT_NULL(test, __alloc_percpu(8, 2 * PAGE_SIZE)));
	free_percpu(NULL);
	KUNIT_EXPECT_WARNING(test, free_percpu(&variable));
	KUNIT_EXPECT_WARNING(test, free_percpu(ptr + 1));
	KUNIT_EXPECT_WARNING(test, free_percpu(ptr + 8));
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
	free_percpu(ptr);
	KUNIT_EXPECT_WARNING(test, free_percpu(ptr));
}

/* Each allocation of a new chunk fails in turn. The tables are there already. */
static void no_memory_leaves_nothing(struct kunit *test)
{
	void (*const fail_after[])(unsigned int n) = { kmalloc_fail_after, page_alloc_fail_after };
	unsigned int kind, n;

	free_percpu(__alloc_percpu(LARGEST, 8));
	for (kind = 0; kind < ARRAY_SIZE(fail_after); kind++) {
		unsigned long before = fingerprint();
		unsigned long pages = nr_free_pages() + slab_nr_pages();
		void *ptr = NULL;

		for (n = 1; !ptr; n++) {
			KUNIT_ASSERT_TRUE(test, n < 100);
			fail_after[kind](n);
			ptr = __alloc_percpu(LARGEST, 8);
			fail_after[kind](0);
			if (!ptr)
				KUNIT_EXPECT_EQ(test, fingerprint(), before);
		}
		KUNIT_EXPECT_TRUE(test, n > nr_cpu_ids);
		free_percpu(ptr);
		KUNIT_EXPECT_EQ(test, nr_free_pages() + slab_nr_pages(), pages);
	}
}

static const struct kunit_case percpu_cases[] = {
	KUNIT_CASE(each_processor_has_a_copy),
	KUNIT_CASE(an_area_for_each_processor),
	KUNIT_CASE(zeroed_each_time),
	KUNIT_CASE(sizes_and_alignments),
	KUNIT_CASE(nonsense_is_refused),
	KUNIT_CASE(no_memory_leaves_nothing),
	{},
};

static const struct kunit_suite percpu_suite = {
	.name = "percpu",
	.cases = percpu_cases,
};
kunit_test_suite(percpu_suite);
