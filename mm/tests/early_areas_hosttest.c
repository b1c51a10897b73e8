/* SPDX-License-Identifier: MIT */
/*
 * Areas that stand before vmalloc_init(): which ones may be added, which place a registered one
 * gets, and what is left for the allocator afterwards. Boot happens once, so this is a program of
 * its own, and its cases build on each other. Places are counted in pages from VMALLOC_START.
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

/* --- Places --- */

static struct vm_struct placed[] = {
	{ .size = PAGES(2) },
	{ .size = PAGES(1) },
	{ .size = PAGES(1) },
	{ .size = PAGES(3) },
	{ .size = PAGES(BLOCK - 1 - 19) },
	{ .size = PAGES(11) },
};

/* The lowest place that fits, a hole of just the size included. */
static void lowest_place_that_fits(struct kunit *test)
{
	static const struct {
		unsigned long align, place;
	} rows[] = {
		{ PAGE_SIZE, 2 },        /* the hole at 0 is too small, this one fits exactly */
		{ PAGE_SIZE, 0 },        /* fits exactly, too: the first page of the range */
		{ 1, 5 },                /* directly behind an area */
		{ SZ_64K, 16 },          /* 6 is free, but not aligned */
		{ PAGE_SIZE, 19 },       /* all pages up to the next area */
		{ PAGES(2), BLOCK + 4 }, /* the hole at 6 is too small, BLOCK + 3 is odd */
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		unsigned long size = placed[i].size;

		vm_area_register_early(&placed[i], rows[i].align);
		KUNIT_EXPECT_EQ(test, (unsigned long)placed[i].addr, PLACE(rows[i].place));
		KUNIT_EXPECT_EQ(test, placed[i].size, size);
	}
}

/* The start of the range itself is not aligned that far: never is a place below it. */
static struct vm_struct far = { .size = PAGE_SIZE }, before_far;

static void alignment_passes_the_start(struct kunit *test)
{
	unsigned long align = 2 * (VMALLOC_START & -VMALLOC_START), end = PLACE(BLOCK + 15);

	vm_area_register_early(&far, align);
	KUNIT_EXPECT_EQ(test, (unsigned long)far.addr, ALIGN(end, align));
	before_far.size = (unsigned long)far.addr - end;
	vm_area_register_early(&before_far, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, (unsigned long)before_far.addr, end);
}

/* --- The end of the range --- */

/* From here to the end nothing is taken. */
static unsigned long rest_start(void)
{
	return (unsigned long)far.addr + far.size;
}

struct registration {
	struct vm_struct vm;
	size_t align;
};

static void register_it(void *arg)
{
	struct registration *r = arg;

	vm_area_register_early(&r->vm, r->align);
}

/* What does not fit is a BUG; never is it placed behind the range, or below it. */
static void no_place_is_a_bug(struct kunit *test)
{
	const unsigned long rest = VMALLOC_END - rest_start(), space = VMALLOC_END - VMALLOC_START;
	struct registration wrong[] = {
		{ { .size = rest + PAGE_SIZE }, PAGE_SIZE },              /* one page too many */
		{ { .size = ~0UL & PAGE_MASK }, PAGE_SIZE },              /* its end wraps */
		{ { .size = PAGE_SIZE }, ~0UL / 2 + 1 },                  /* its place wraps to 0 */
		{ { .size = PAGE_SIZE }, 2 * roundup_pow_of_two(space) }, /* is behind the end */
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		if (!host_panics(register_it, &wrong[i]))
			KUNIT_FAIL(test, "row %u got 0x%lx", i, (unsigned long)wrong[i].vm.addr);
}

static struct vm_struct last = { .flags = VM_IOREMAP };

/* The last page can be had. Then nothing is left behind it. */
static void everything_up_to_the_end(struct kunit *test)
{
	struct registration more = { { .size = PAGES(11) }, PAGE_SIZE };

	last.size = VMALLOC_END - rest_start();
	vm_area_register_early(&last, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, (unsigned long)last.addr, rest_start());
	KUNIT_EXPECT_TRUE(test, host_panics(register_it, &more));
}

/* --- Boot goes on --- */

static void expect_found(struct kunit *test, struct vm_struct *vm)
{
	KUNIT_EXPECT_TRUE(test, find_vm_area(vm->addr) == vm);
	KUNIT_EXPECT_TRUE(test, find_vm_area(vm->addr + vm->size - 1) == vm);
	KUNIT_EXPECT_TRUE(test, find_vm_area(vm->addr - 1) != vm);
	KUNIT_EXPECT_TRUE(test, find_vm_area(vm->addr + vm->size) != vm);
}

static unsigned int count_areas(void)
{
	const struct vmap_area *va;
	unsigned int n = 0;

	list_for_each_entry(va, &vmap_area_list, list)
		n++;
	return n;
}

/* The early areas are the areas, and what lies between them is given out, to the last page. */
static void allocator_gets_the_holes(struct kunit *test)
{
	static const unsigned long holes[][2] = { { 6, 10 }, { BLOCK + 3, 1 } };
	struct vm_struct *vm[2];
	unsigned int i;

	vmalloc_init();
	KUNIT_EXPECT_EQ(test, count_areas(), ARRAY_SIZE(beside) + ARRAY_SIZE(placed) + 4);
	expect_found(test, &block);
	for (i = 0; i < ARRAY_SIZE(beside); i++)
		expect_found(test, &beside[i]);
	for (i = 0; i < ARRAY_SIZE(placed); i++)
		expect_found(test, &placed[i]);
	expect_found(test, &before_far);
	expect_found(test, &far);
	expect_found(test, &last);

	for (i = 0; i < 2; i++) {
		vm[i] = get_vm_area_caller(PAGES(holes[i][1]), VM_ALLOC | VM_NO_GUARD, CALLER);
		KUNIT_ASSERT_NOT_NULL(test, vm[i]);
		KUNIT_EXPECT_EQ(test, (unsigned long)vm[i]->addr, PLACE(holes[i][0]));
	}
	KUNIT_EXPECT_NULL(test, get_vm_area_caller(1, VM_ALLOC | VM_NO_GUARD, CALLER));
	free_vm_area(vm[0]);
	free_vm_area(vm[1]);
}

/* A record must come before vmalloc_init(), or its range may have been given out already. */
static void too_late_is_a_bug(struct kunit *test)
{
	static struct vm_struct late = AREA(6, 1);
	struct registration registration = { { .size = PAGE_SIZE }, PAGE_SIZE };

	KUNIT_EXPECT_TRUE(test, host_panics(add, &late));
	KUNIT_EXPECT_TRUE(test, host_panics(register_it, &registration));
	KUNIT_EXPECT_NULL(test, find_vm_area((void *)PLACE(6)));
}

static const struct kunit_case early_areas_cases[] = {
	KUNIT_CASE(mistakes_are_bugs),
	KUNIT_CASE(areas_may_touch),
	KUNIT_CASE(lowest_place_that_fits),
	KUNIT_CASE(alignment_passes_the_start),
	KUNIT_CASE(no_place_is_a_bug),
	KUNIT_CASE(everything_up_to_the_end),
	KUNIT_CASE(allocator_gets_the_holes),
	KUNIT_CASE(too_late_is_a_bug),
	{},
};

static const struct kunit_suite early_areas_suite = {
	.name = "early_areas",
	.cases = early_areas_cases,
};
kunit_test_suite(early_areas_suite);
