/* SPDX-License-Identifier: MIT */
/*
 * Address spaces: the user's half is whatever table TTBR0 names, tagged with an ASID. Kernel
 * threads run with an empty table there, so that a stray access below TASK_SIZE faults.
 *
 * Linux counterpart: arch/arm64/mm/context.c, pgd.c
 */
#include <asm/mmu_context.h>
#include <asm/sysreg.h>
#include <asm/tlbflush.h>
#include <mm/address_space.h>
#include <mm/asid.h>
#include <mm/gfp.h>
#include <mm/pgalloc.h>

#define TTBR_ASID_SHIFT 48

static pgd_t reserved_pg_dir[PTRS_PER_PGD] __aligned(PAGE_SIZE);

int init_new_context(struct mm_struct *mm)
{
	mm->context.id = 0;
	return 0;
}

void destroy_context(struct mm_struct *mm)
{
	flush_tlb_mm(mm);
}

void flush_tlb_mm(struct mm_struct *mm)
{
	if (asid_is_current(mm->context.id))
		flush_tlb_asid(ASID(mm->context.id));
}

/* TTBR1 names the kernel's tables in every address space: there are no copies. */
void arch_sync_kernel_mappings(unsigned long addr)
{
}

/*
 * By way of the empty table: asid_get() may begin a new generation and give out the number that
 * prev runs with. No walk of prev's tables may fill the TLB with it behind the flush.
 */
void switch_mm(struct mm_struct *prev, struct mm_struct *next)
{
	write_sysreg(__pa(reserved_pg_dir), ttbr0_el1);
	isb();
	if (next == &init_mm)
		return;
	write_sysreg(__pa(next->pgd) | (u64)asid_get(&next->context.id) << TTBR_ASID_SHIFT,
		     ttbr0_el1);
	isb();
}

pgd_t *pgd_alloc(struct mm_struct *mm)
{
	return (pgd_t *)get_zeroed_page(GFP_KERNEL);
}

void pgd_free(struct mm_struct *mm, pgd_t *pgd)
{
	free_page((unsigned long)pgd);
}
