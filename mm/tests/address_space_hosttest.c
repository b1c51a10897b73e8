/* SPDX-License-Identifier: MIT */
/*
 * The order of stores, flushes and frees in a user's address space, which only the log of host.h
 * tells: a page is given back when no processor can reach it any more, and a table after it. Then
 * what the entries say, and that nothing is lost. address_space_test.c is in this program, too.
 */
#include <asm/mem_type.h>
#include <asm/mmu_context.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <mm/address_space.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/mmap.h>
#include <mm/page.h>
#include <mm/pagewalk.h>
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

#ifndef phys_addr_limit /* which arm has as a constant */
phys_addr_t phys_addr_limit = BIT_ULL(48);
#endif

static bool no_context;

int init_new_context(struct mm_struct *mm)
{
	return no_context ? -ENOMEM : 0;
}

void flush_tlb_mm(struct mm_struct *mm)
{
	host_note(HOST_TLB, "tlb", 0, TASK_SIZE);
}

void destroy_context(struct mm_struct *mm)
{
	flush_tlb_mm(mm);
}

/* Records count as well, so that a lost one is noticed as a lost page is. */
unsigned long nr_free_pages(void)
{
	return 1000000 - host_live_allocations();
}

unsigned long nr_free_highpages(void)
{
	return 0;
}

unsigned long totalram_pages(void)
{
	return 2000000;
}

/* --- The order --- */

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

/* A page that a child has as well is freed by the one that unmaps it last. */
static void shared_pages_are_freed_once(struct kunit *test)
{
	struct mm_struct *copy;

	KUNIT_EXPECT_EQ(test, do_mmap(mm, BASE, 2 * PAGE_SIZE, VM_READ | VM_SHARED, "a"), 0);
	copy = dup_mm(mm);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	KUNIT_EXPECT_EQ(test, pte_val(*lookup_pte(copy, BASE)), pte_val(*lookup_pte(mm, BASE)));
	host_reset();
	do_munmap(mm, BASE, 2 * PAGE_SIZE);
	KUNIT_EXPECT_STREQ(test, host_log(), "clear, tlb");
	expect_no_mistake(test);
	host_reset();
	do_munmap(copy, BASE, 2 * PAGE_SIZE);
	KUNIT_EXPECT_STREQ(test, host_log(), "clear, tlb, free");
	expect_no_mistake(test);
	mmput(copy);
	mmput(mm);
}

/* --- What is mapped --- */

/* The entry of a page that is mapped. */
static pte_t entry_of(struct mm_struct *mm, unsigned long addr)
{
	return *lookup_pte(mm, addr);
}

static void rights_are_those_of_the_area(struct kunit *test)
{
	const struct {
		unsigned long flags;
		pgprot_t prot;
	} kinds[] = {
		{ VM_READ, PAGE_USER_RO },
		{ VM_WRITE, PAGE_USER_RW },
		{ VM_READ | VM_WRITE, PAGE_USER_RW },
		{ VM_READ | VM_EXEC, PAGE_USER_RX },
		{ VM_EXEC, PAGE_USER_RX },
		{ VM_READ | VM_WRITE | VM_EXEC, PAGE_USER_RWX },
	};
	struct mm_struct *copy;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(kinds); i++)
		KUNIT_EXPECT_EQ(
			test, do_mmap(mm, BASE + i * PAGE_SIZE, PAGE_SIZE, kinds[i].flags, "a"), 0);
	copy = dup_mm(mm);
	KUNIT_ASSERT_NOT_NULL(test, copy);
	for (i = 0; i < ARRAY_SIZE(kinds); i++) {
		pte_t entry = entry_of(mm, BASE + i * PAGE_SIZE);
		pte_t copied = entry_of(copy, BASE + i * PAGE_SIZE);

		KUNIT_EXPECT_EQ(test, pte_val(entry),
				pte_val(pfn_pte(pte_pfn(entry), kinds[i].prot)));
		KUNIT_EXPECT_EQ(test, pte_val(copied),
				pte_val(pfn_pte(pte_pfn(copied), kinds[i].prot)));
		KUNIT_EXPECT_NE(test, pte_pfn(entry), pte_pfn(copied));
	}
	mmput(copy);
	mmput(mm);
}

/* --- Nothing is lost --- */

/* Areas that need tables of their own at every level, as far apart as they can be. */
static void tables_go_with_the_address_space(struct kunit *test)
{
	const unsigned long starts[] = { PAGE_SIZE, PMD_SIZE, 3 * PMD_SIZE,
					 TASK_SIZE / 2 & PMD_MASK, TASK_SIZE - PAGE_SIZE };
	unsigned int live, i;

	mmput(mm);
	live = host_live_allocations();
	mm = mm_alloc();
	KUNIT_ASSERT_NOT_NULL(test, mm);
	for (i = 0; i < ARRAY_SIZE(starts); i++)
		KUNIT_EXPECT_EQ(test, do_mmap(mm, starts[i], PAGE_SIZE, VM_READ, "a"), 0);
	host_reset();
	mmput(mm);
	KUNIT_EXPECT_EQ(test, host_live_allocations(), live);
	KUNIT_EXPECT_EQ(test, host_warnings, 0U);
	mmput(NULL);
}

/* A page that the areas do not account for is reported. */
static void a_page_too_many_is_reported(struct kunit *test)
{
	mm->anon_rss++;
	KUNIT_EXPECT_WARNING(test, mmput(mm));
}

static void no_half_made_address_space(struct kunit *test)
{
	unsigned int live;

	mmput(mm);
	live = host_live_allocations();
	kmalloc_fail_after(1);
	KUNIT_EXPECT_NULL(test, mm_alloc());
	kmalloc_fail_after(0);
	page_alloc_fail_after(1);
	KUNIT_EXPECT_NULL(test, mm_alloc());
	page_alloc_fail_after(0);
	no_context = true;
	KUNIT_EXPECT_NULL(test, mm_alloc());
	no_context = false;
	KUNIT_EXPECT_EQ(test, host_live_allocations(), live);
}

static const struct kunit_case address_space_host_cases[] = {
	KUNIT_CASE(pages_can_be_walked_when_mmap_returns),
	KUNIT_CASE(pages_are_freed_after_the_flush),
	KUNIT_CASE(copied_code_is_fetched_anew),
	KUNIT_CASE(shared_pages_are_freed_once),
	KUNIT_CASE(rights_are_those_of_the_area),
	KUNIT_CASE(tables_go_with_the_address_space),
	KUNIT_CASE(a_page_too_many_is_reported),
	KUNIT_CASE(no_half_made_address_space),
	{},
};

static const struct kunit_suite address_space_host_suite = {
	.name = "address_space_host",
	.init = make_mm,
	.exit = expect_nothing_left,
	.cases = address_space_host_cases,
};
kunit_test_suite(address_space_host_suite);
