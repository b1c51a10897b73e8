/* SPDX-License-Identifier: MIT */
/*
 * Address spaces. TTBR0 names the table of the user's half, and the ASID that tags its
 * translations. Kernel threads run with an empty table there, so that a stray access below
 * TASK_SIZE faults.
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
	flush_tlb_mm(mm); /* before the tables are free: a walker may have cached where they are */
}

void flush_tlb_mm(struct mm_struct *mm)
{
	/* A number of an older generation has left the TLB, and another mm may have it by now. */
	if (asid_is_current(&mm->context.id))
		flush_tlb_asid(ASID(mm->context.id));
}

/* TTBR1 names the kernel's tables in every address space: there are no copies. */
void arch_sync_kernel_mappings(unsigned long addr)
{
}

/*
 * The switch goes by way of the empty table. asid_get() may begin a new generation and give next
 * the number that prev runs with. A walk of prev's tables after that flush would fill the TLB under
 * the number, and next would read prev's memory.
 */
void switch_mm(struct mm_struct *prev, struct mm_struct *next)
{
	write_sysreg(__pa(reserved_pg_dir), ttbr0_el1);
	isb(); /* no walk of prev's tables begins from here on */
	if (next == &init_mm) {
		asid_put();
		return;
	}
	/* Table and number are one register here, so they change at once. */
	write_sysreg(__pa(next->pgd) | (u64)asid_get(&next->context.id) << TTBR_ASID_SHIFT,
		     ttbr0_el1);
	isb(); /* or the next access to user memory is still one to the empty table, and faults */
}

pgd_t *pgd_alloc(struct mm_struct *mm)
{
	return (pgd_t *)get_zeroed_page(GFP_KERNEL);
}

void pgd_free(struct mm_struct *mm, pgd_t *pgd)
{
	free_page((unsigned long)pgd);
}
