/* SPDX-License-Identifier: MIT */
/*
 * Address spaces. One table translates both halves, so each address space has a copy of the
 * kernel's first-level entries. The entries of vmalloc space change at run time. init_mm counts
 * these changes in vmalloc_seq. An address space whose number differs copies all of them, at the
 * next switch to it or when an access faults at a missing entry.
 *
 * Linux counterpart: arch/arm/mm/context.c, pgd.c, __check_vmalloc_seq() in arch/arm/mm/ioremap.c
 */
#include <asm/mmu_context.h>
#include <asm/sysreg.h>
#include <asm/tlbflush.h>
#include <kernel/lib/string.h>
#include <mm/address_space.h>
#include <mm/asid.h>
#include <mm/gfp.h>
#include <mm/page.h>
#include <mm/pgalloc.h>

#define PGD_ORDER get_order(PGD_TABLE_SIZE)

int init_new_context(struct mm_struct *mm)
{
	mm->context.id = 0;
	/* One behind: entries may have changed since pgd_alloc() copied them. */
	mm->context.vmalloc_seq = init_mm.context.vmalloc_seq - 1;
	return 0;
}

void destroy_context(struct mm_struct *mm)
{
	flush_tlb_mm(mm); /* before the tables are free: a walker may have cached where they are */
}

void flush_tlb_mm(struct mm_struct *mm)
{
	/* A number of an older generation has left the TLB, and another mm may have it by now. */
	if (asid_is_current(mm->context.id))
		flush_tlb_asid(ASID(mm->context.id));
}

/* The address space whose first-level table is walked now. */
static struct mm_struct *active_mm = &init_mm;

void arch_sync_kernel_mappings(unsigned long addr)
{
	if (addr >= VMALLOC_START && addr < VMALLOC_END)
		init_mm.context.vmalloc_seq++;
}

void sync_kernel_entries(unsigned long addr, unsigned long end)
{
	unsigned int first = pgd_index(addr), last = pgd_index(end);
	unsigned int seq = init_mm.context.vmalloc_seq;

	init_mm.context.vmalloc_seq = seq + 1;
	if (active_mm == &init_mm)
		return;
	memcpy(active_mm->pgd + first, swapper_pg_dir + first, (last - first) * sizeof(pgd_t));
	dsb(ishst); /* walks see the copies before the caller flushes, or uses the range */
	/* A number that was behind stays behind: other entries are still to be copied. */
	if (active_mm->context.vmalloc_seq == seq)
		active_mm->context.vmalloc_seq = seq + 1;
}

void check_vmalloc_seq(struct mm_struct *mm)
{
	unsigned int first = pgd_index(VMALLOC_START), last = pgd_index(VMALLOC_END);
	unsigned int seq;

	do {
		seq = READ_ONCE(init_mm.context.vmalloc_seq);
		if (mm->context.vmalloc_seq == seq)
			return;
		memcpy(mm->pgd + first, swapper_pg_dir + first, (last - first) * sizeof(pgd_t));
		dsb(ishst); /* or the access that faulted may miss the copies, and fault again */
		mm->context.vmalloc_seq = seq;
		/* An entry that changed during the copy may have been copied before or after. */
	} while (seq != READ_ONCE(init_mm.context.vmalloc_seq));
}

/*
 * Table and ASID are two registers and cannot be changed at once. In between, the table is the
 * kernel's, which has no user entries. Otherwise a walk could cache an entry of one address space
 * under the number of the other, and a program would read another program's memory.
 */
void switch_mm(struct mm_struct *prev, struct mm_struct *next)
{
	write_cp15(__pa(swapper_pg_dir) | TTBR_FLAGS, CP15_TTBR0);
	isb(); /* no walk of prev's table begins from here on */
	active_mm = next;
	if (next == &init_mm)
		return;
	check_vmalloc_seq(next);
	write_cp15(asid_get(&next->context.id), CP15_CONTEXTIDR);
	isb(); /* the number is in force before the table that it belongs to */
	write_cp15(__pa(next->pgd) | TTBR_FLAGS, CP15_TTBR0);
	isb(); /* next's stack may be mapped by this table only */
}

pgd_t *pgd_alloc(struct mm_struct *mm)
{
	pgd_t *pgd = (pgd_t *)__get_free_pages(GFP_KERNEL | __GFP_ZERO, PGD_ORDER);
	unsigned int first = pgd_index(TASK_SIZE);

	if (pgd)
		memcpy(pgd + first, swapper_pg_dir + first, (PTRS_PER_PGD - first) * sizeof(pgd_t));
	return pgd;
}

void pgd_free(struct mm_struct *mm, pgd_t *pgd)
{
	free_pages((unsigned long)pgd, PGD_ORDER);
}
