/* SPDX-License-Identifier: MIT */
/*
 * Address spaces. One table translates both halves, so each address space has a copy of the
 * kernel's first-level entries. The entries of vmalloc space change at run time. init_mm counts
 * these changes in vmalloc_seq. An address space whose number differs copies all of them at the
 * next switch to it. While it runs, an access that faults at a missing entry copies that one.
 *
 * Linux counterpart: arch/arm/mm/context.c, pgd.c, __check_vmalloc_seq() in arch/arm/mm/ioremap.c
 */
#include <asm/mmu_context.h>
#include <asm/sysreg.h>
#include <asm/tlbflush.h>
#include <kernel/base/smp.h>
#include <kernel/base/spinlock.h>
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
	if (asid_is_current(&mm->context.id))
		flush_tlb_asid(ASID(mm->context.id));
}

/*
 * The lock guards init_mm's vmalloc_seq, what each processor walks, and the copies in those tables.
 * An interrupt may take it, by a fault in vmalloc space.
 */
static DEFINE_SPINLOCK(kernel_entries_lock);

/* The address space whose first-level table a processor walks now; NULL: init_mm, at boot. */
static DEFINE_PER_CPU(struct mm_struct *, walked_mm);

void arch_sync_kernel_mappings(unsigned long addr)
{
	unsigned long flags;

	if (addr < VMALLOC_START || addr >= VMALLOC_END)
		return;
	spin_lock_irqsave(&kernel_entries_lock, flags);
	init_mm.context.vmalloc_seq++;
	spin_unlock_irqrestore(&kernel_entries_lock, flags);
}

static void copy_entries(struct mm_struct *mm, unsigned int first, unsigned int last)
{
	memcpy(mm->pgd + first, swapper_pg_dir + first, (last - first) * sizeof(pgd_t));
	dsb(ishst); /* walks see the copies before the caller flushes, or uses the range */
}

void sync_kernel_entries(unsigned long addr, unsigned long end)
{
	unsigned int seq, cpu;
	unsigned long flags;

	spin_lock_irqsave(&kernel_entries_lock, flags);
	seq = init_mm.context.vmalloc_seq++;
	for_each_online_cpu(cpu) {
		struct mm_struct *mm = per_cpu(walked_mm, cpu);

		if (!mm || mm == &init_mm)
			continue;
		copy_entries(mm, pgd_index(addr), pgd_index(end));
		/* A number that was behind stays behind: other entries are still to be copied. */
		if (mm->context.vmalloc_seq == seq)
			mm->context.vmalloc_seq = seq + 1;
	}
	spin_unlock_irqrestore(&kernel_entries_lock, flags);
}

bool copy_kernel_entry(struct mm_struct *mm, unsigned long addr)
{
	unsigned int index = pgd_index(addr);
	unsigned long flags;
	bool differs;

	spin_lock_irqsave(&kernel_entries_lock, flags);
	differs = pgd_val(mm->pgd[index]) != pgd_val(swapper_pg_dir[index]);
	if (differs)
		copy_entries(mm, index, index + 1);
	spin_unlock_irqrestore(&kernel_entries_lock, flags);
	return differs;
}

/*
 * Under the lock, so that a change of init_mm's table finds either mm's table here, or the change
 * in its copies; and so that nothing writes any more to the table that was walked before.
 */
void check_vmalloc_seq(struct mm_struct *mm)
{
	unsigned long flags;

	spin_lock_irqsave(&kernel_entries_lock, flags);
	this_cpu_write(walked_mm, mm);
	if (mm->context.vmalloc_seq != init_mm.context.vmalloc_seq) {
		copy_entries(mm, pgd_index(VMALLOC_START), pgd_index(VMALLOC_END));
		mm->context.vmalloc_seq = init_mm.context.vmalloc_seq;
	}
	spin_unlock_irqrestore(&kernel_entries_lock, flags);
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
	check_vmalloc_seq(next);
	if (next == &init_mm) {
		asid_put();
		return;
	}
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
