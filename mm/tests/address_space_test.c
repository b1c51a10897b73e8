/* SPDX-License-Identifier: MIT */
/* User address spaces, built and taken down from the outside. In the kernel only. */

#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
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
	KUNIT_EXPECT_EQ(test, do_mmap(mm, 0x10000, PAGE_SIZE, VM_WRITE | VM_EXEC, "b"), -EINVAL);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 5ul);
	mmput(mm);
}

static void remote_access_crosses_pages(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc(), *copy;
	char text[8] = "abcdefg", back[8] = "";

	KUNIT_ASSERT_NOT_NULL(test, mm);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE, 2 * PAGE_SIZE, VM_READ, "a"), 0);
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, BASE + PAGE_SIZE - 3, text, 8, FOLL_WRITE), 8u);
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, BASE + 2 * PAGE_SIZE - 3, text, 8, 0), 3u);

	copy = dup_mm(mm);
	KUNIT_EXPECT_EQ(test, access_remote_vm(mm, BASE + PAGE_SIZE - 3, "XXXXXXX", 8, FOLL_WRITE),
			8u);
	mmput(mm);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	KUNIT_EXPECT_EQ(test, access_remote_vm(copy, BASE + PAGE_SIZE - 3, back, 8, 0), 8u);
	KUNIT_EXPECT_STREQ(test, back, "abcdefg");
	mmput(copy);
}

static void brk_moves(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();

	KUNIT_ASSERT_NOT_NULL(test, mm);
	mm->start_brk = mm->brk = BASE;
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE + 8 * PAGE_SIZE, PAGE_SIZE, VM_READ, "a"), 0);
	KUNIT_EXPECT_EQ(test, do_brk(mm, 0), BASE);
	KUNIT_EXPECT_EQ(test, do_brk(mm, BASE + 1), BASE + 1);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 2ul);
	KUNIT_EXPECT_EQ(test, do_brk(mm, BASE + 8 * PAGE_SIZE), BASE + 8 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 9ul);
	KUNIT_EXPECT_EQ(test, do_brk(mm, BASE + 8 * PAGE_SIZE + 1), BASE + 8 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, do_brk(mm, ~0UL), BASE + 8 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, do_brk(mm, BASE + PAGE_SIZE), BASE + PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, mm->total_vm, 2ul);
	KUNIT_EXPECT_EQ(test, do_brk(mm, BASE), BASE);
	KUNIT_EXPECT_NULL(test, find_vma(mm, BASE));
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
	mm->total_vm += before;
	KUNIT_EXPECT_NULL(test, dup_mm(mm));
	KUNIT_EXPECT_TRUE(test, page_alloc_failure_in == 1);
	mm->total_vm -= before;
	page_alloc_fail_after(0);
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
	KUNIT_CASE(remote_access_crosses_pages),
	KUNIT_CASE(brk_moves),
	KUNIT_CASE(brk_stays_below_the_stack),
	KUNIT_CASE(brk_asks_before_it_takes),
	KUNIT_CASE(no_page_is_lost),
	{},
};

static const struct kunit_suite address_space_suite = {
	.name = "address_space",
	.cases = address_space_cases,
};
kunit_test_suite(address_space_suite);
