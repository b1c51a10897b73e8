/* SPDX-License-Identifier: MIT */
/* User address spaces, built and taken down from the outside. */

#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/address_space.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>

#define BASE 0x100000UL

static void mmap_refusals(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();

	KUNIT_ASSERT_NOT_NULL(test, mm);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE, 4 * PAGE_SIZE, VM_READ, "a"), 0);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE + 3 * PAGE_SIZE, PAGE_SIZE, VM_READ, "b"), -EEXIST);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE - PAGE_SIZE, 2 * PAGE_SIZE, VM_READ, "b"), -EEXIST);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE + 4 * PAGE_SIZE, PAGE_SIZE, VM_READ, "b"), 0);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, 0x10000, 0, VM_READ, "b"), -EINVAL);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, 0x10001, PAGE_SIZE, VM_READ, "b"), -EINVAL);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, TASK_SIZE, PAGE_SIZE, VM_READ, "b"), -EINVAL);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, PAGE_SIZE, -PAGE_SIZE, VM_READ, "b"), -EINVAL);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, TASK_SIZE - PAGE_SIZE, 2 * PAGE_SIZE, VM_READ, "b"),
			-EINVAL);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, -PAGE_SIZE, PAGE_SIZE, VM_READ, "b"), -EINVAL);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 5ul);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE - PAGE_SIZE, PAGE_SIZE, VM_READ, "c"), 0);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, TASK_SIZE - PAGE_SIZE, PAGE_SIZE, VM_READ, "d"), 0);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 7ul);
	mmput(mm);
}

/* In no order of addresses; they are listed, and found, by address. */
static void areas_are_found(struct kunit *test)
{
	static const unsigned int place[] = { 4, 0, 6, 2 };
	struct mm_struct *mm = mm_alloc();
	struct vm_area_struct *vma;
	unsigned long end = 0;
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, mm);
	for (i = 0; i < ARRAY_SIZE(place); i++)
		KUNIT_EXPECT_EQ(test,
				do_mmap(mm, BASE + place[i] * PAGE_SIZE, PAGE_SIZE,
					VM_READ | (i == 1 ? VM_WRITE : 0), i ? "other" : "four"),
				0);
	list_for_each_entry(vma, &mm->areas, list) {
		KUNIT_EXPECT_GE(test, vma->vm_start, end);
		end = vma->vm_end;
	}
	KUNIT_EXPECT_EQ(test, end, BASE + 7 * PAGE_SIZE);
	for (i = 0; i < 7; i++) {
		vma = find_vma(mm, BASE + i * PAGE_SIZE);
		KUNIT_EXPECT_EQ(test, vma != NULL, i % 2 == 0);
		KUNIT_EXPECT_TRUE(test, find_vma(mm, BASE + (i + 1) * PAGE_SIZE - 1) == vma);
	}
	vma = find_vma(mm, BASE + 4 * PAGE_SIZE);
	KUNIT_EXPECT_STREQ(test, vma->name, "four");
	KUNIT_EXPECT_EQ(test, vma->vm_flags & VM_ACCESS_FLAGS, (unsigned long)VM_READ);
	KUNIT_EXPECT_EQ(test, find_vma(mm, BASE)->vm_flags & VM_ACCESS_FLAGS,
			(unsigned long)(VM_READ | VM_WRITE));
	KUNIT_EXPECT_NULL(test, find_vma(mm, BASE - 1));
	KUNIT_EXPECT_NULL(test, find_vma(mm, BASE + 7 * PAGE_SIZE));
	mmput(mm);
}

static void remote_access_crosses_pages(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc(), *copy;
	char text[8] = "abcdefg", back[8] = "";

	KUNIT_ASSERT_NOT_NULL(test, mm);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE, 2 * PAGE_SIZE, VM_READ, "a"), 0);
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, BASE + PAGE_SIZE - 3, text, 8, FOLL_WRITE), 8u);
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, BASE + 2 * PAGE_SIZE - 3, back, 8, 0), 3u);
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, BASE + PAGE_SIZE, back, 4, 0), 4u);
	KUNIT_EXPECT_EQ(test, memcmp(back, "defg", 4), 0);
	/* Where the table of a level is missing, nothing is mapped. */
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, BASE - 1, back, 8, 0), 0u);
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, BASE + PMD_SIZE, back, 8, 0), 0u);
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, BASE + PUD_SIZE, back, 8, 0), 0u);
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, BASE + PGDIR_SIZE, back, 8, 0), 0u);

	copy = dup_mm(mm);
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, BASE + PAGE_SIZE - 3, "XXXXXXX", 8, FOLL_WRITE),
			8u);
	mmput(mm);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	KUNIT_EXPECT_EQ(test, access_remote_vm(copy, BASE + PAGE_SIZE - 3, back, 8, 0), 8u);
	KUNIT_EXPECT_STREQ(test, back, "abcdefg");
	mmput(copy);
}

/* What is not a page: where code, heap and stack are, and what each area is. */
static void a_copy_knows_its_parts(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc(), *copy;
	struct vm_area_struct *vma;

	KUNIT_ASSERT_NOT_NULL(test, mm);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE, PAGE_SIZE, VM_READ | VM_WRITE, "elf"), 0);
	mm->start_code = BASE + 1;
	mm->end_code = BASE + 2;
	mm->start_brk = BASE + 3;
	mm->brk = BASE + 4;
	mm->start_stack = BASE + 5;
	copy = dup_mm(mm);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	KUNIT_EXPECT_EQ(test, copy->start_code, BASE + 1);
	KUNIT_EXPECT_EQ(test, copy->end_code, BASE + 2);
	KUNIT_EXPECT_EQ(test, copy->start_brk, BASE + 3);
	KUNIT_EXPECT_EQ(test, copy->brk, BASE + 4);
	KUNIT_EXPECT_EQ(test, copy->start_stack, BASE + 5);
	KUNIT_EXPECT_EQ(test, copy->total_vm, 1ul);
	vma = find_vma(copy, BASE);
	KUNIT_ASSERT_NOT_NULL(test, vma);
	KUNIT_EXPECT_EQ(test, vma->vm_end, BASE + PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, vma->vm_flags & VM_ACCESS_FLAGS, (unsigned long)(VM_READ | VM_WRITE));
	KUNIT_EXPECT_STREQ(test, vma->name, "elf");
	mmput(copy);
	mmput(mm);
}

static void brk_moves(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();
	char byte;

	KUNIT_ASSERT_NOT_NULL(test, mm);
	mm->start_brk = mm->brk = BASE;
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE + 8 * PAGE_SIZE, PAGE_SIZE, VM_READ, "a"), 0);
	KUNIT_EXPECT_EQ(test, do_brk(mm, 0), BASE);
	KUNIT_EXPECT_EQ(test, do_brk(mm, BASE), BASE);
	KUNIT_EXPECT_EQ(test, do_brk(mm, BASE + 1), BASE + 1);
	KUNIT_EXPECT_EQ(test, do_brk(mm, BASE + 2), BASE + 2);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 2ul);
	KUNIT_EXPECT_EQ(test, do_brk(mm, BASE + 8 * PAGE_SIZE), BASE + 8 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 9ul);
	KUNIT_EXPECT_EQ(test, find_vma(mm, BASE)->vm_end, BASE + 8 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, do_brk(mm, BASE + 8 * PAGE_SIZE + 1), BASE + 8 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, do_brk(mm, ~0UL), BASE + 8 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, do_brk(mm, BASE + PAGE_SIZE), BASE + PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 2ul);
	KUNIT_EXPECT_EQ(test, find_vma(mm, BASE)->vm_end, BASE + PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, BASE + PAGE_SIZE - 1, &byte, 1, 0), 1u);
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, BASE + PAGE_SIZE, &byte, 1, 0), 0u);
	KUNIT_EXPECT_EQ(test, do_brk(mm, BASE), BASE);
	KUNIT_EXPECT_NULL(test, find_vma(mm, BASE));
	/* An empty heap is no area. */
	KUNIT_EXPECT_EQ(test, list_first_entry(&mm->areas, struct vm_area_struct, list)->vm_start,
			BASE + 8 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, do_brk(mm, BASE + PAGE_SIZE), BASE + PAGE_SIZE);
	mmput(mm);
}

/* Also where the program itself ends at the last page that it may have. */
static void brk_stays_below_the_stack(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();

	KUNIT_ASSERT_NOT_NULL(test, mm);
	mm->start_brk = mm->brk = USER_END - PAGE_SIZE;
	KUNIT_EXPECT_EQ(test, do_brk(mm, USER_END + 1), USER_END - PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, do_brk(mm, USER_END + PAGE_SIZE), USER_END - PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, do_brk(mm, USER_END), USER_END);
	KUNIT_EXPECT_NULL(test, find_vma(mm, USER_END));
	mmput(mm);
}

/* Neither growing nor copying begins what it cannot end. */
static void brk_asks_before_it_takes(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();
	unsigned long before;

	KUNIT_ASSERT_NOT_NULL(test, mm);
	mm->start_brk = mm->brk = BASE;
	before = nr_free_pages();
	page_alloc_fail_after(1); /* what asks a page of the allocator has begun */
	KUNIT_EXPECT_EQ(test, do_brk(mm, BASE + (nr_free_pages() << PAGE_SHIFT)), BASE);
	KUNIT_EXPECT_TRUE(test, page_alloc_failure_in == 1);
	mm->anon_rss += before;
	KUNIT_EXPECT_NULL(test, dup_mm(mm));
	KUNIT_EXPECT_TRUE(test, page_alloc_failure_in == 1);
	mm->anon_rss -= before;
	page_alloc_fail_after(0);
	mmput(mm);
}

/* An area that begins where the heap would is not taken for the heap. */
static void an_area_in_the_heaps_place(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();

	KUNIT_ASSERT_NOT_NULL(test, mm);
	mm->start_brk = mm->brk = BASE;
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE, PAGE_SIZE, VM_READ, "a"), 0);
	KUNIT_EXPECT_EQ(test, do_brk(mm, BASE + PAGE_SIZE), BASE);
	KUNIT_EXPECT_EQ(test, do_brk(mm, BASE + 2 * PAGE_SIZE), BASE);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 1ul);
	KUNIT_EXPECT_EQ(test, find_vma(mm, BASE)->vm_end, BASE + PAGE_SIZE);
	mmput(mm);
}

static void no_record_no_area(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();

	KUNIT_ASSERT_NOT_NULL(test, mm);
	kmalloc_fail_after(1);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE, PAGE_SIZE, VM_READ, "a"), -ENOMEM);
	kmalloc_fail_after(0);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 0ul);
	KUNIT_EXPECT_NULL(test, find_vma(mm, BASE));
	mmput(mm);
}

/* Whichever page is missing, everything that was taken is given back. */
static void no_page_is_lost(struct kunit *test)
{
	struct mm_struct *mm, *copy;
	unsigned long before;
	unsigned int n;

	mm = mm_alloc();
	KUNIT_ASSERT_NOT_NULL(test, mm);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE, 4 * PAGE_SIZE, VM_READ, "a"), 0);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, STACK_TOP - STACK_SIZE, STACK_SIZE, VM_READ, "b"), 0);
	mmput(dup_mm(mm));
	before = nr_free_pages();
	for (n = 1; n < 100; n++) {
		page_alloc_fail_after(n);
		copy = dup_mm(mm);
		page_alloc_fail_after(0);
		if (copy)
			break;
		KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
	}
	KUNIT_EXPECT_GE(test, n, 20u);
	KUNIT_EXPECT_LT(test, n, 100u);
	mmput(copy);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), before);
	mmput(mm);
}

static const struct kunit_case address_space_cases[] = {
	KUNIT_CASE(mmap_refusals),
	KUNIT_CASE(areas_are_found),
	KUNIT_CASE(remote_access_crosses_pages),
	KUNIT_CASE(a_copy_knows_its_parts),
	KUNIT_CASE(brk_moves),
	KUNIT_CASE(brk_stays_below_the_stack),
	KUNIT_CASE(brk_asks_before_it_takes),
	KUNIT_CASE(an_area_in_the_heaps_place),
	KUNIT_CASE(no_record_no_area),
	KUNIT_CASE(no_page_is_lost),
	{},
};

static const struct kunit_suite address_space_suite = {
	.name = "address_space",
	.cases = address_space_cases,
};
kunit_test_suite(address_space_suite);
