/* SPDX-License-Identifier: MIT */
/*
 * The areas of a program against a model that is too simple to be wrong: one record for each page
 * of a small window. Random calls are made to both, and everything is compared after each. Some
 * calls run out of memory on the way.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/err.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/uapi/mman.h>
#include <mm/fail_alloc.h>
#include <mm/mmap.h>
#include <mm/pagewalk.h>
#include <mm/vma.h>

#define PAGES 24
/* Across a border of tables, so that they are missing in turn. */
#define BASE  (4 * PMD_SIZE - PAGES / 2 * PAGE_SIZE)
#define STEPS 4000

/* What the model knows of a page. */
struct model_page {
	bool mapped, populated;
	unsigned long rights;
	u8 content;
};

static struct mm_struct *mm;
static struct model_page model[PAGES];
static unsigned int seed;

static unsigned int random_below(unsigned int n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 16) % n;
}

static unsigned long at(unsigned int page)
{
	return BASE + page * PAGE_SIZE;
}

static unsigned long map(unsigned long addr, unsigned long len, unsigned long flags,
			 unsigned long rights)
{
	const struct vm_area_struct like = { .vm_flags = rights | VM_MAY_ALL, .name = "" };

	return vm_mmap(mm, addr, len, flags, &like);
}

/* --- The model's own calls --- */

static void model_map(unsigned int first, unsigned int n, unsigned long rights)
{
	for (; n; n--, first++)
		model[first] = (struct model_page){ true, rights, rights, 0 };
}

static void model_unmap(unsigned int first, unsigned int n)
{
	memset(&model[first], 0, n * sizeof(*model));
}

static bool model_is_mapped(unsigned int first, unsigned int n)
{
	for (; n; n--, first++)
		if (!model[first].mapped)
			return false;
	return true;
}

static void model_protect(unsigned int first, unsigned int n, unsigned long rights)
{
	for (; n; n--, first++) {
		model[first].rights = rights;
		model[first].populated |= rights != 0;
	}
}

static void model_move(unsigned int from, unsigned int to, unsigned int old, unsigned int new)
{
	struct model_page page = model[from];

	model_map(to, new, page.rights);
	memcpy(&model[to], &model[from], min(old, new) * sizeof(*model));
	model_unmap(from, old);
}

/* --- One call to both --- */

static void step_map(struct kunit *test, unsigned int first, unsigned int n, unsigned long rights)
{
	unsigned long flags = random_below(2) ? MAP_FIXED : MAP_FIXED_NOREPLACE;
	unsigned long addr = map(at(first), n * PAGE_SIZE, flags, rights);
	bool taken = find_vma_intersection(mm, at(first), at(first + n));

	if (addr == (unsigned long)-ENOMEM && flags == MAP_FIXED)
		model_unmap(first, taken ? 0 : n);
	else if (addr == at(first))
		model_map(first, n, rights);
	else if (addr != (unsigned long)-ENOMEM)
		KUNIT_EXPECT_TRUE(test, taken && addr == (unsigned long)-EEXIST);
}

static void step_unmap(struct kunit *test, unsigned int first, unsigned int n)
{
	int error = do_munmap(mm, at(first), n * PAGE_SIZE - random_below(PAGE_SIZE));

	if (!error)
		model_unmap(first, n);
	else
		KUNIT_EXPECT_EQ(test, error, -ENOMEM);
}

static void step_protect(struct kunit *test, unsigned int first, unsigned int n,
			 unsigned long rights)
{
	int error = do_mprotect(mm, at(first), n * PAGE_SIZE, rights);

	if (!error) {
		KUNIT_EXPECT_TRUE(test, model_is_mapped(first, n));
		model_protect(first, n, rights);
	} else {
		KUNIT_EXPECT_EQ(test, error, -ENOMEM);
	}
}

/* In the window only: to a fixed place. */
static void step_move(struct kunit *test, unsigned int from, unsigned int old)
{
	unsigned int new = 1 + random_below(6), to = random_below(PAGES - new + 1);
	unsigned long addr;

	if (from < to + new && to < from + old)
		return;
	addr = do_mremap(mm, at(from), old * PAGE_SIZE, new *PAGE_SIZE,
			 MREMAP_MAYMOVE | MREMAP_FIXED, at(to));
	if (addr == at(to)) {
		KUNIT_EXPECT_TRUE(test, model_is_mapped(from, min(old, new)));
		model_move(from, to, old, new);
	} else if (addr == (unsigned long)-ENOMEM) {
		if (!find_vma_intersection(mm, at(to), at(to + new)))
			model_unmap(to, new);
	} else {
		KUNIT_EXPECT_EQ(test, addr, (unsigned long)-EFAULT);
	}
}

/* A byte into each page that has one, as the program would. */
static void step_write(struct kunit *test, unsigned int first, unsigned int n)
{
	for (; n; n--, first++) {
		u8 byte = random_below(256);

		if (access_remote_vm(mm, at(first), &byte, 1, FOLL_WRITE))
			model[first].content = byte;
	}
}

static void step(struct kunit *test)
{
	unsigned int n = 1 + random_below(8), first = random_below(PAGES - n + 1);
	unsigned long rights = random_below(VM_ACCESS_FLAGS + 1);

	switch (random_below(6)) {
	case 0:
	case 1:
		step_map(test, first, n, rights);
		break;
	case 2:
		step_unmap(test, first, n);
		break;
	case 3:
		step_protect(test, first, n, rights);
		break;
	case 4:
		step_move(test, first, n);
		break;
	default:
		step_write(test, first, n);
	}
}

/* --- Comparing --- */

static void check_page(struct kunit *test, unsigned int i)
{
	struct vm_area_struct *vma = find_vma(mm, at(i));
	pte_t *pte = lookup_pte(mm, at(i));
	u8 byte = 0;

	KUNIT_EXPECT_EQ(test, vma != NULL, model[i].mapped);
	if (vma)
		KUNIT_EXPECT_EQ(test, vma->vm_flags & VM_ACCESS_FLAGS, model[i].rights);
	/* Pages without a right may have been given by a call that then failed; they are zero. */
	if (model[i].rights)
		KUNIT_EXPECT_TRUE(test, pte && pte_present(*pte));
	if (access_remote_vm(mm, at(i), &byte, 1, 0))
		KUNIT_EXPECT_EQ(test, byte, model[i].content);
	else
		KUNIT_EXPECT_FALSE(test, model[i].populated);
}

static void check_list(struct kunit *test)
{
	unsigned long pages = 0, count = 0, populated = 0;
	struct vm_area_struct *vma, *before = NULL;

	list_for_each_entry(vma, &mm->areas, list) {
		KUNIT_EXPECT_LT(test, vma->vm_start, vma->vm_end);
		if (before) {
			KUNIT_EXPECT_LE(test, before->vm_end, vma->vm_start);
			KUNIT_EXPECT_TRUE(test, before->vm_end < vma->vm_start ||
							before->vm_flags != vma->vm_flags ||
							before->name != vma->name);
		}
		before = vma;
		count++;
		pages += vma_pages(vma);
		if (vma->vm_flags & VM_POPULATED)
			populated += vma_pages(vma);
	}
	KUNIT_EXPECT_EQ(test, mm->map_count, count);
	KUNIT_EXPECT_EQ(test, mm->total_vm, pages);
	KUNIT_EXPECT_EQ(test, mm->anon_rss, populated);
}

static void check(struct kunit *test)
{
	unsigned int i;

	check_list(test);
	for (i = 0; i < PAGES; i++)
		check_page(test, i);
}

static void areas_follow_the_model(struct kunit *test)
{
	unsigned int i;

	mm = mm_alloc();
	KUNIT_ASSERT_NOT_NULL(test, mm);
	memset(model, 0, sizeof(model));
	seed = 1;
	for (i = 0; i < STEPS && !test->failures; i++) {
		if (random_below(8) == 0)
			page_alloc_fail_after(1 + random_below(8));
		if (random_below(8) == 0)
			kmalloc_fail_after(1 + random_below(3));
		step(test);
		page_alloc_fail_after(0);
		kmalloc_fail_after(0);
		check(test);
	}
	mmput(mm);
}

/* A copy has the same areas, rights and bytes, and is the copy's own. */
static void a_copy_follows_the_model(struct kunit *test)
{
	struct mm_struct *parent = mm_alloc();
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, parent);
	mm = parent;
	memset(model, 0, sizeof(model));
	seed = 2;
	for (i = 0; i < 200 && !test->failures; i++) {
		step(test);
		if (i % 20)
			continue;
		mm = dup_mm(parent);
		KUNIT_ASSERT_NOT_NULL(test, mm);
		check(test);
		do_munmap(mm, BASE, PAGES * PAGE_SIZE);
		mmput(mm);
		mm = parent;
		check(test);
	}
	mmput(mm);
}

static void places_are_found_from_the_top(struct kunit *test)
{
	const unsigned long rw = VM_READ | VM_WRITE;
	unsigned long a, b;

	mm = mm_alloc();
	KUNIT_ASSERT_NOT_NULL(test, mm);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, STACK_TOP - STACK_SIZE, STACK_SIZE, rw, "[stack]"), 0);
	a = map(0, 2 * PAGE_SIZE, 0, VM_READ);
	KUNIT_EXPECT_EQ(test, a, USER_END - 2 * PAGE_SIZE);
	b = map(0, PAGE_SIZE, 0, rw);
	KUNIT_EXPECT_EQ(test, b, a - PAGE_SIZE);
	/* A gap that is too short is passed over; one that fits is filled. */
	KUNIT_EXPECT_EQ(test, do_munmap(mm, a, PAGE_SIZE), 0);
	KUNIT_EXPECT_EQ(test, map(0, 2 * PAGE_SIZE, 0, VM_READ), b - 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, map(0, PAGE_SIZE, 0, VM_EXEC), a);
	/* Nothing is as large as this. All of user space is too much, all up to an area is not. */
	KUNIT_EXPECT_EQ(test, map(0, TASK_SIZE, 0, 0), (unsigned long)-ENOMEM);
	a = b - 2 * PAGE_SIZE;
	KUNIT_EXPECT_EQ(test, map(0, a - MMAP_MIN_ADDR + 1, 0, 0), (unsigned long)-ENOMEM);
	KUNIT_EXPECT_EQ(test, map(0, a - MMAP_MIN_ADDR, 0, 0), MMAP_MIN_ADDR);
	KUNIT_EXPECT_EQ(test, map(0, PAGE_SIZE, 0, 0), (unsigned long)-ENOMEM);
	KUNIT_EXPECT_EQ(test, map(MMAP_MIN_ADDR - PAGE_SIZE, PAGE_SIZE, MAP_FIXED, 0),
			(unsigned long)-EPERM);
	mmput(mm);
}

/* Each area splits another one, until there may be no more; then nothing is lost. */
static void the_number_of_areas_has_an_end(struct kunit *test)
{
	unsigned long i, base = PMD_SIZE, size = 3ul * MAX_MAP_COUNT * PAGE_SIZE;

	mm = mm_alloc();
	KUNIT_ASSERT_NOT_NULL(test, mm);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, base, size, 0, ""), 0);
	for (i = 1; !do_munmap(mm, base + i * PAGE_SIZE, PAGE_SIZE); i += 2)
		;
	/* The last call would have made two of one, before it removed the part between. */
	KUNIT_EXPECT_EQ(test, mm->map_count, MAX_MAP_COUNT - 1u);
	KUNIT_EXPECT_EQ(test, i, 2ul * MAX_MAP_COUNT - 3);
	KUNIT_EXPECT_NE(test, map(0, PAGE_SIZE, 0, VM_READ), (unsigned long)-ENOMEM);
	KUNIT_EXPECT_EQ(test, map(0, PAGE_SIZE, 0, VM_WRITE), (unsigned long)-ENOMEM);
	KUNIT_EXPECT_EQ(test, do_munmap(mm, base, size), 0);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 1ul);
	mmput(mm);
}

static const struct kunit_case mmap_model_cases[] = {
	KUNIT_CASE(areas_follow_the_model),
	KUNIT_CASE(a_copy_follows_the_model),
	KUNIT_CASE(places_are_found_from_the_top),
	KUNIT_CASE(the_number_of_areas_has_an_end),
	{},
};

static const struct kunit_suite mmap_model_suite = {
	.name = "mmap_model",
	.cases = mmap_model_cases,
};
kunit_test_suite(mmap_model_suite);
