/* SPDX-License-Identifier: MIT */
/*
 * Copies of the first-level table: a mapping that init_mm got is seen in an address space that was
 * there before, be it by the next switch to it or by the fault handler. In the kernel only.
 */
#include <asm/mmu_context.h>
#include <asm/pgtable.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/kunit.h>
#include <kernel/sched/sched.h>
#include <mm/address_space.h>
#include <mm/gfp.h>
#include <mm/ioremap.h>
#include <mm/memblock.h>
#include <mm/uaccess.h>
#include <mm/vmalloc.h>
#include <mm/vmap_range.h>
#include <mm/watermark.h>

#define UART_PHYS 0x09000000ULL
#define PERIPH_ID 0xfe0
#define UART_ID   0x11

static u32 *first_level(pgd_t *pgd, unsigned long addr)
{
	return (u32 *)pgd + (addr >> 20);
}

/* An area whose first-level entries were never used. */
static struct vm_struct *fresh_area(void)
{
	unsigned long start = STATIC_IO_BASE - SZ_64M;

	for (; start < STATIC_IO_BASE; start += SZ_2M) {
		struct vm_struct *area;

		if (*first_level(swapper_pg_dir, start))
			continue;
		area = __get_vm_area_caller(SZ_1M, VM_IOREMAP, start, start + SZ_2M, fresh_area);
		if (area)
			return area;
	}
	return NULL;
}

static u64 read_id(unsigned long addr)
{
	u64 value;

	return peek_kernel_nofault(&value, (void *)(addr + PERIPH_ID), 32) ? ~0ULL : value;
}

static int map_uart(unsigned long addr)
{
	return ioremap_page_range(addr, addr + PAGE_SIZE, UART_PHYS,
				  get_mem_type(MT_DEVICE)->prot_pte);
}

/* The stack and everything else that is in use was mapped before mm was made. */
static void enter(struct mm_struct *mm)
{
	switch_mm(current->active_mm, mm);
	current->active_mm = mm;
}

/* What is mapped while from runs, can be used when to runs, which was up to date before. */
static void map_in_one_use_in_other(struct kunit *test, struct mm_struct *from,
				    struct mm_struct *to)
{
	struct vm_struct *area = fresh_area();
	unsigned long addr, flags;
	u32 before, after;
	u64 id;

	KUNIT_ASSERT_NOT_NULL(test, area);
	addr = (unsigned long)area->addr;
	local_irq_save(flags);
	enter(to);
	enter(from);
	KUNIT_EXPECT_EQ(test, map_uart(addr), 0);
	before = *first_level(to->pgd, addr);
	enter(to);
	after = *first_level(to->pgd, addr);
	id = read_id(addr);
	enter(&init_mm);
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, before, 0U);
	KUNIT_EXPECT_NE(test, after, 0U);
	KUNIT_EXPECT_EQ(test, after, *first_level(swapper_pg_dir, addr));
	KUNIT_EXPECT_EQ(test, id, UART_ID);
	free_vm_area(area);
}

/* From a process to another, the other way, and from a kernel thread. */
static void seen_after_a_switch(struct kunit *test)
{
	struct mm_struct *one = mm_alloc(), *other = mm_alloc();

	KUNIT_ASSERT_TRUE(test, one && other);
	map_in_one_use_in_other(test, one, other);
	map_in_one_use_in_other(test, other, one);
	map_in_one_use_in_other(test, &init_mm, one);
	mmput(one);
	mmput(other);
}

static void seen_after_a_fault(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();
	struct vm_struct *area = fresh_area();
	unsigned long addr, flags;
	u32 before;
	u64 id;

	KUNIT_ASSERT_TRUE(test, mm && area);
	addr = (unsigned long)area->addr;
	local_irq_save(flags);
	enter(mm);
	KUNIT_EXPECT_EQ(test, map_uart(addr), 0);
	before = *first_level(mm->pgd, addr);
	id = read_id(addr);
	enter(&init_mm);
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, before, 0U);
	KUNIT_EXPECT_EQ(test, id, UART_ID);
	KUNIT_EXPECT_EQ(test, *first_level(mm->pgd, addr), *first_level(swapper_pg_dir, addr));
	free_vm_area(area);
	mmput(mm);
}

/* Sections are in the active copy without a fault, and gone from it after iounmap(). */
static void sections_come_and_go_at_once(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();
	unsigned long addr, flags;
	u32 mapped, unmapped;
	u64 id, gone;

	KUNIT_ASSERT_NOT_NULL(test, mm);
	if (leaf_types[0].size == PAGE_SIZE) {
		kunit_skip(test, "this build maps by pages only");
		mmput(mm);
		return;
	}
	local_irq_save(flags);
	enter(mm);
	addr = (unsigned long)ioremap(UART_PHYS, SZ_2M);
	mapped = *first_level(mm->pgd, addr);
	id = read_id(addr);
	iounmap((void __iomem *)addr);
	unmapped = *first_level(mm->pgd, addr);
	gone = read_id(addr);
	enter(&init_mm);
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, mapped & 3, 2U);
	KUNIT_EXPECT_EQ(test, id, UART_ID);
	KUNIT_EXPECT_EQ(test, unmapped, 0U);
	KUNIT_EXPECT_EQ(test, gone, ~0ULL);
	mmput(mm);
}

/* The page of a table that is given back may be anything next: no copy leads there. */
static void empty_tables_go_from_the_copies(struct kunit *test)
{
	struct mm_struct *active = mm_alloc(), *other = mm_alloc();
	struct vm_struct *area = fresh_area();
	unsigned long addr, flags;
	u32 table, in_active, in_other;

	KUNIT_ASSERT_TRUE(test, active && other && area);
	addr = (unsigned long)area->addr;
	local_irq_save(flags);
	KUNIT_EXPECT_EQ(test, map_uart(addr), 0);
	enter(other);
	table = *first_level(other->pgd, addr);
	enter(active);
	free_vm_area(area);
	KUNIT_EXPECT_GE(test, free_empty_tables(), 1UL);
	in_active = *first_level(active->pgd, addr);
	enter(other);
	in_other = *first_level(other->pgd, addr);
	enter(&init_mm);
	local_irq_restore(flags);
	KUNIT_EXPECT_NE(test, table, 0U);
	KUNIT_EXPECT_EQ(test, in_active, 0U);
	KUNIT_EXPECT_EQ(test, in_other, 0U);
	KUNIT_EXPECT_EQ(test, *first_level(swapper_pg_dir, addr), 0U);
	mmput(active);
	mmput(other);
}

/* A kernel stack in an entry that was never used; NULL without one. */
static void *fresh_stack(void)
{
	unsigned long start = STATIC_IO_BASE - SZ_64M;

	while (start < STATIC_IO_BASE && *first_level(swapper_pg_dir, start))
		start += SZ_2M;
	return __vmalloc_node_range(THREAD_SIZE, THREAD_ALIGN, start, start + SZ_2M, GFP_KERNEL,
				    PAGE_KERNEL, 0, NUMA_NO_NODE, fresh_stack);
}

/* Runs on whatever stack it is called on, and says which. */
static unsigned long noinline stack_in_use(void)
{
	volatile unsigned long on_stack = (unsigned long)&on_stack;

	return on_stack;
}

static unsigned long call_on_stack(unsigned long (*fn)(void), void *top)
{
	register unsigned long result __asm__("r0");

	__asm__ volatile("mov	r4, sp\n\t"
			 "mov	sp, %1\n\t"
			 "blx	%2\n\t"
			 "mov	sp, r4"
			 : "=r"(result)
			 : "r"(top), "r"(fn)
			 : "r1", "r2", "r3", "r4", "ip", "lr", "cc", "memory");
	return result;
}

/* A stack cannot be fetched by the fault handler, which needs one: the switch must bring it. */
static void a_new_stack_is_there_after_the_switch(struct kunit *test)
{
	struct mm_struct *mm = mm_alloc();
	unsigned long flags, used = 0;
	u32 before, after;
	void *stack;

	KUNIT_ASSERT_NOT_NULL(test, mm);
	local_irq_save(flags);
	enter(mm);
	enter(&init_mm);
	local_irq_restore(flags);
	stack = fresh_stack();
	KUNIT_ASSERT_NOT_NULL(test, stack);
	before = *first_level(mm->pgd, (unsigned long)stack);
	local_irq_save(flags);
	enter(mm);
	after = *first_level(mm->pgd, (unsigned long)stack);
	if (after)
		used = call_on_stack(stack_in_use, stack + THREAD_SIZE);
	enter(&init_mm);
	local_irq_restore(flags);
	KUNIT_EXPECT_EQ(test, before, 0U);
	KUNIT_EXPECT_NE(test, after, 0U);
	KUNIT_EXPECT_TRUE(test, used - (unsigned long)stack < THREAD_SIZE);
	vfree(stack);
	mmput(mm);
}

static const struct kunit_case vmalloc_seq_cases[] = {
	KUNIT_CASE(a_new_stack_is_there_after_the_switch),
	KUNIT_CASE(seen_after_a_switch),
	KUNIT_CASE(seen_after_a_fault),
	KUNIT_CASE(sections_come_and_go_at_once),
	KUNIT_CASE(empty_tables_go_from_the_copies),
	{},
};

static const struct kunit_suite vmalloc_seq_suite = {
	.name = "vmalloc_seq",
	.cases = vmalloc_seq_cases,
};
kunit_test_suite(vmalloc_seq_suite);
