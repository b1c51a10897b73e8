/* SPDX-License-Identifier: MIT */
/*
 * The address space allocator, rule by rule. What must hold after every call is
 * checked by expect_sound().
 *
 * In the kernel the live trees are tested, inside a window of the vmalloc range that is free, and
 * left as they were found. On the host the first test case boots them.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <mm/fail_alloc.h>
#include <mm/page.h>
#include <mm/slab.h>
#include <mm/tests/vmap_area_check.h>
#include <mm/vmalloc.h>
#include <mm/vmap_area.h>

#define PAGES(n)    ((n) * PAGE_SIZE)
#define WINDOW_SIZE PAGES(2048)
#define CALLER      ((void *)0x1234)

/* A free part of the vmalloc range, aligned to its size. */
static unsigned long window, window_end;

/* --- Set-up --- */

/* Areas that stand early, by their distance from VMALLOC_START. */
static const unsigned long early_offset[] = { SZ_64M, SZ_16M + SZ_1M, SZ_16M, 0 };
static struct vm_struct early[] = {
	{ .size = PAGES(2), .flags = VM_IOREMAP }, { .size = SZ_1M, .flags = VM_MAP },
	{ .size = SZ_1M, .flags = VM_MAP },        { .size = PAGE_SIZE, .flags = VM_MAP },
	{ .size = PAGE_SIZE, .flags = VM_ALLOC }, /* a module */
};
static bool booted_here;

/* On the host nobody has called vmalloc_init() yet. */
static void boot(void)
{
	unsigned int i;

	if (fingerprint()) /* there are areas already */
		return;
	for (i = 0; i < ARRAY_SIZE(early_offset); i++) {
		early[i].addr = (void *)(VMALLOC_START + early_offset[i]);
		vm_area_add_early(&early[i]);
	}
	early[4].addr = (void *)MODULES_VADDR;
	vm_area_add_early(&early[4]);
	vmalloc_init();
	booted_here = true;
}

static int vmap_area_test_init(struct kunit *test)
{
	unsigned long flags = VM_IOREMAP | VM_NO_GUARD;
	struct vm_struct *vm;

	boot();
	vm = get_vm_area_caller(WINDOW_SIZE, flags, CALLER);
	if (!vm)
		return -ENOMEM;
	window = (unsigned long)vm->addr;
	window_end = window + WINDOW_SIZE;
	free_vm_area(vm);
	return 0;
}

static struct vm_struct *get(unsigned long size, unsigned long flags)
{
	return __get_vm_area_caller(size, flags, window, window_end, CALLER);
}

static unsigned long start_of(const struct vm_struct *vm)
{
	return vm ? (unsigned long)vm->addr : 0;
}

/* --- Areas that stood before --- */

static void early_areas_stay(struct kunit *test)
{
	unsigned int i;

	if (!booted_here) {
		kunit_skip(test, "the kernel has booted with its own");
		return;
	}
	expect_sound(test);
	for (i = 0; i < ARRAY_SIZE(early); i++) {
		const char *last = early[i].addr + early[i].size - 1;

		KUNIT_EXPECT_TRUE(test, find_vm_area(early[i].addr) == &early[i]);
		KUNIT_EXPECT_TRUE(test, find_vm_area(last) == &early[i]);
		KUNIT_EXPECT_TRUE(test, find_vm_area(last + 1) != &early[i]);
		KUNIT_EXPECT_NULL(test, remove_vm_area(early[i].addr));
	}
	/* All the room between them is given out, and none of theirs. */
	KUNIT_EXPECT_NULL(test, __get_vm_area_caller(PAGE_SIZE, VM_ALLOC, VMALLOC_START + SZ_16M,
						     VMALLOC_START + SZ_16M + SZ_2M, CALLER));
}

/* --- Sizes and guard pages --- */

static void sizes_and_guard(struct kunit *test)
{
	static const struct {
		unsigned long asked, flags, size;
	} rows[] = {
		{ 1, VM_ALLOC, PAGES(2) },
		{ PAGE_SIZE, VM_ALLOC, PAGES(2) },
		{ PAGE_SIZE + 1, VM_IOREMAP, PAGES(3) },
		{ SZ_64K, VM_MAP, SZ_64K + PAGE_SIZE },
		{ 1, VM_ALLOC | VM_NO_GUARD, PAGE_SIZE },
	};
	static const unsigned long refused[] = {
		0,        ~0UL,       ~0UL - PAGE_SIZE + 1, ~0UL - PAGE_SIZE, ~0UL - PAGES(2),
		~0UL / 2, WINDOW_SIZE
	};
	unsigned long before = fingerprint();
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		struct vm_struct *vm = get(rows[i].asked, rows[i].flags);

		KUNIT_ASSERT_NOT_NULL(test, vm);
		KUNIT_EXPECT_EQ(test, vm->size, rows[i].size);
		KUNIT_EXPECT_EQ(test, vm->flags, rows[i].flags);
		KUNIT_EXPECT_EQ(test, vm->caller, (const void *)CALLER);
		KUNIT_EXPECT_EQ(test, vm->area.va_end - vm->area.va_start, rows[i].size);
		free_vm_area(vm);
	}
	for (i = 0; i < ARRAY_SIZE(refused); i++) {
		KUNIT_EXPECT_NULL(test, get(refused[i], VM_ALLOC));
		KUNIT_EXPECT_NULL(test, get(refused[i], VM_IOREMAP));
	}
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}

/* --- The alignment of I/O areas --- */

static void ioremap_alignment(struct kunit *test)
{
	static const unsigned long rows[][2] = {
		/* size, alignment */
		{ 1, PAGE_SIZE },
		{ PAGE_SIZE, PAGE_SIZE },
		{ PAGE_SIZE + 1, PAGES(2) },
		{ PAGES(3), PAGES(4) },
		{ SZ_64K, SZ_64K },
		{ SZ_64K + 1, SZ_128K },
		{ SZ_1M, SZ_1M },
		{ SZ_1M + 1, SZ_2M },
		{ 1UL << IOREMAP_MAX_ORDER, 1UL << IOREMAP_MAX_ORDER },
		{ (1UL << IOREMAP_MAX_ORDER) + 1, 1UL << IOREMAP_MAX_ORDER },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		/* One page in front, so that the alignment is not there by chance. */
		struct vm_struct *first = get_vm_area_caller(1, VM_ALLOC | VM_NO_GUARD, CALLER);
		struct vm_struct *vm = get_vm_area_caller(rows[i][0], VM_IOREMAP, CALLER);

		KUNIT_ASSERT_NOT_NULL(test, first);
		KUNIT_ASSERT_NOT_NULL(test, vm);
		KUNIT_EXPECT_EQ(test, start_of(vm) & (rows[i][1] - 1), 0);
		expect_sound(test);
		free_vm_area(vm);
		free_vm_area(first);
	}
}

static void ioremap_alignment_is_no_larger(struct kunit *test)
{
	struct vm_struct *page = get(1, VM_ALLOC | VM_NO_GUARD);
	struct vm_struct *vm = get(PAGES(4), VM_IOREMAP);

	KUNIT_EXPECT_EQ(test, start_of(page), window);
	KUNIT_EXPECT_EQ(test, start_of(vm), window + PAGES(4));
	free_vm_area(vm);
	free_vm_area(page);
}

/* Beyond twice the largest alignment areas are packed by the largest. */
static void ioremap_alignment_ends(struct kunit *test)
{
	const unsigned long largest = 1UL << IOREMAP_MAX_ORDER;
	struct vm_struct *room, *vm[2];
	unsigned long start;
	int i;

	room = get_vm_area_caller(6 * largest, VM_IOREMAP, CALLER);
	if (!room) {
		kunit_skip(test, "the vmalloc range is too small");
		return;
	}
	start = start_of(room);
	free_vm_area(room);
	for (i = 0; i < 2; i++) {
		vm[i] = __get_vm_area_caller(2 * largest + 1, VM_IOREMAP, start, VMALLOC_END,
					     CALLER);
		KUNIT_EXPECT_EQ(test, start_of(vm[i]), start + 3 * i * largest);
	}
	free_vm_area(vm[0]);
	free_vm_area(vm[1]);
}

/* --- The lowest place that fits --- */

static void lowest_address_first(struct kunit *test)
{
	struct vm_struct *vm[8], *again;
	unsigned long before = fingerprint();
	int i;

	for (i = 0; i < 8; i++) {
		vm[i] = get(PAGE_SIZE, VM_ALLOC);
		KUNIT_ASSERT_EQ(test, start_of(vm[i]), window + PAGES(2) * i);
	}
	free_vm_area(vm[5]);
	free_vm_area(vm[2]);
	again = get(1, VM_ALLOC);
	KUNIT_EXPECT_EQ(test, start_of(again), window + PAGES(4));
	vm[2] = again;
	/* Too large for the hole at 5. */
	again = get(PAGES(2), VM_ALLOC);
	KUNIT_EXPECT_EQ(test, start_of(again), window + PAGES(16));
	free_vm_area(again);
	vm[5] = get(1, VM_ALLOC);
	KUNIT_EXPECT_EQ(test, start_of(vm[5]), window + PAGES(10));
	for (i = 0; i < 8; i++)
		free_vm_area(vm[i]);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}

static void bounds_are_kept(struct kunit *test)
{
	unsigned long before = fingerprint(), page = window + PAGES(10);
	struct vm_struct *vm;

	vm = __get_vm_area_caller(PAGE_SIZE, VM_ALLOC, page, page + PAGES(2), CALLER);
	KUNIT_EXPECT_EQ(test, start_of(vm), page);
	KUNIT_EXPECT_NULL(test, __get_vm_area_caller(1, VM_ALLOC, page, page + PAGES(3), CALLER));
	expect_sound(test);
	free_vm_area(vm);
	/* A start in the middle of a page counts from the next. */
	vm = __get_vm_area_caller(1, VM_ALLOC, page + 1, window_end, CALLER);
	KUNIT_EXPECT_EQ(test, start_of(vm), page + PAGE_SIZE);
	free_vm_area(vm);
	KUNIT_EXPECT_NULL(test,
			  __get_vm_area_caller(1, VM_ALLOC, page, page + PAGES(2) - 1, CALLER));
	KUNIT_EXPECT_NULL(test, __get_vm_area_caller(1, VM_ALLOC, page, page, CALLER));
	KUNIT_EXPECT_NULL(test, __get_vm_area_caller(1, VM_ALLOC, page, page - PAGES(9), CALLER));
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}

/* --- Finding and removing --- */

static void find_and_remove(struct kunit *test)
{
	unsigned long before = fingerprint(), i;
	struct vm_struct *vm = get(PAGES(3), VM_ALLOC);
	char *addr = vm->addr;

	for (i = 0; i < PAGES(4); i += 1000)
		KUNIT_EXPECT_TRUE(test, find_vm_area(addr + i) == vm);
	KUNIT_EXPECT_TRUE(test, find_vm_area(addr + PAGES(4) - 1) == vm);
	KUNIT_EXPECT_TRUE(test, find_vm_area(addr + PAGES(4)) != vm);
	KUNIT_EXPECT_TRUE(test, find_vm_area(addr - 1) != vm);
	KUNIT_EXPECT_NULL(test, find_vm_area(NULL));
	KUNIT_EXPECT_NULL(test, find_vm_area((void *)~0UL));

	KUNIT_EXPECT_TRUE(test, remove_vm_area(addr + PAGES(2) + 5) == vm);
	KUNIT_EXPECT_NULL(test, find_vm_area(addr));
	KUNIT_EXPECT_NULL(test, remove_vm_area(addr));
	KUNIT_EXPECT_NULL(test, remove_vm_area(NULL));
	kfree(vm);
	vm_unmap_aliases();
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}

/* --- Freed ranges come back --- */

static void neighbours_merge(struct kunit *test)
{
	static const u8 orders[6][3] = { { 0, 1, 2 }, { 0, 2, 1 }, { 1, 0, 2 },
					 { 1, 2, 0 }, { 2, 0, 1 }, { 2, 1, 0 } };
	unsigned long before = fingerprint();
	struct vm_struct *vm[3];
	int order, i;

	for (order = 0; order < 6; order++) {
		for (i = 0; i < 3; i++)
			vm[i] = get(PAGE_SIZE << i, VM_ALLOC);
		for (i = 0; i < 3; i++) {
			free_vm_area(vm[orders[order][i]]);
			expect_sound(test);
		}
		KUNIT_EXPECT_EQ(test, fingerprint(), before);
	}
}

/* --- Nothing half done when memory is short --- */

static void no_memory_changes_nothing(struct kunit *test)
{
	struct vm_struct *page = get(1, VM_ALLOC | VM_NO_GUARD), *vm = NULL;
	unsigned long before = fingerprint();
	unsigned int n;

	for (n = 1; !vm; n++) {
		kmalloc_fail_after(n);
		vm = get(PAGES(4), VM_IOREMAP);
		KUNIT_EXPECT_TRUE(test, vm || fingerprint() == before);
		KUNIT_ASSERT_TRUE(test, n < 10);
	}
	kmalloc_fail_after(0);
	KUNIT_EXPECT_EQ(test, n - 2, 1); /* one record */
	free_vm_area(vm);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
	free_vm_area(page);
}

static const struct kunit_case vmap_area_cases[] = {
	KUNIT_CASE(early_areas_stay),
	KUNIT_CASE(sizes_and_guard),
	KUNIT_CASE(ioremap_alignment),
	KUNIT_CASE(ioremap_alignment_is_no_larger),
	KUNIT_CASE(ioremap_alignment_ends),
	KUNIT_CASE(lowest_address_first),
	KUNIT_CASE(bounds_are_kept),
	KUNIT_CASE(find_and_remove),
	KUNIT_CASE(neighbours_merge),
	KUNIT_CASE(no_memory_changes_nothing),
	{},
};

static const struct kunit_suite vmap_area_suite = {
	.name = "vmap_area",
	.init = vmap_area_test_init,
	.cases = vmap_area_cases,
};
kunit_test_suite(vmap_area_suite);
