/* SPDX-License-Identifier: MIT */
/*
 * The order of stores, flushes and frees in a user's address space, which only the log of host.h
 * tells: a page is given back when no processor can reach it any more, and a table after it.
 */
#include <asm/mmu_context.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <mm/address_space.h>
#include <mm/gfp.h>
#include <mm/page.h>
#include <mm/pgalloc.h>
#include <mm/tests/table_log.h>

#define BASE 0x100000UL

/* --- In the place of arch/<name>/context.c --- */

#define PGD_ORDER get_order(PTRS_PER_PGD * sizeof(pgd_t))

pgd_t *pgd_alloc(struct mm_struct *mm)
{
	return (pgd_t *)__get_free_pages(GFP_KERNEL | __GFP_ZERO, PGD_ORDER);
}

void pgd_free(struct mm_struct *mm, pgd_t *pgd)
{
	free_pages((unsigned long)pgd, PGD_ORDER);
}

int init_new_context(struct mm_struct *mm)
{
	return 0;
}

void flush_tlb_mm(struct mm_struct *mm)
{
	host_note(HOST_TLB, "tlb", 0, TASK_SIZE);
}

void destroy_context(struct mm_struct *mm)
{
	flush_tlb_mm(mm);
}

/* --- The tests --- */

static struct mm_struct *mm;
static unsigned int live_before;

static int make_mm(struct kunit *test)
{
	live_before = host_live_allocations();
	mm = mm_alloc();
	host_reset();
	return mm ? 0 : -1;
}

/* Each case has put its address spaces away: no page and no table is left. */
static void expect_nothing_left(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, host_live_allocations(), live_before);
}

/* Every page is there, and can be walked, before user mode can touch it. */
static void pages_can_be_walked_when_mmap_returns(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE, 3 * PAGE_SIZE, VM_READ, "a"), 0);
	expect_in_log(test, "alloc, smp_wmb, make"); /* a table is zero before it is seen */
	expect_in_log(test, "alloc, make, alloc, make, vmap");
	expect_no_mistake(test);
	mm->start_brk = mm->brk = BASE + SZ_1M;
	host_reset();
	do_brk(mm, mm->start_brk + PAGE_SIZE);
	do_brk(mm, mm->start_brk + 2 * PAGE_SIZE);
	expect_in_log(test, "alloc, make, vmap, alloc, make, vmap");
	mmput(mm);
}

static void pages_are_freed_after_the_flush(struct kunit *test)
{
	mm->start_brk = mm->brk = BASE;
	do_brk(mm, BASE + 4 * PAGE_SIZE);
	host_reset();
	do_brk(mm, BASE + 2 * PAGE_SIZE);
	KUNIT_EXPECT_STREQ(test, host_log(), "clear, tlb, free");
	expect_no_mistake(test);
	host_reset();
	mmput(mm);
	KUNIT_EXPECT_STREQ(test, host_log(), "clear, tlb, free, tlb, free");
	expect_no_mistake(test);
}

/* The copy's code was written as data: another processor fetches it only after this. */
static void copied_code_is_fetched_anew(struct kunit *test)
{
	unsigned int i, lines = 0;
	struct mm_struct *copy;

	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE, 2 * PAGE_SIZE, VM_READ | VM_EXEC, "a"), 0);
	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE + SZ_1M, PAGE_SIZE, VM_READ, "b"), 0);
	host_reset();
	copy = dup_mm(mm);
	for (i = 0; i < host_nr_events; i++)
		if (host_events[i].op == HOST_ICACHE)
			lines += host_events[i].end - host_events[i].start;
	KUNIT_EXPECT_EQ(test, lines, 2 * PAGE_SIZE);
	expect_in_log(test, "vmap, icache");
	mmput(copy);
	mmput(mm);
}

static const struct kunit_case address_space_order_cases[] = {
	KUNIT_CASE(pages_can_be_walked_when_mmap_returns),
	KUNIT_CASE(pages_are_freed_after_the_flush),
	KUNIT_CASE(copied_code_is_fetched_anew),
	{},
};

static const struct kunit_suite address_space_order_suite = {
	.name = "address_space_order",
	.init = make_mm,
	.exit = expect_nothing_left,
	.cases = address_space_order_cases,
};
kunit_test_suite(address_space_order_suite);
