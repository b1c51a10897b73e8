/* SPDX-License-Identifier: MIT */
/*
 * Walks the page tables of any address space, and calls back for each entry.
 *
 * Each function walks the entries of one table, and goes down where an entry leads to another
 * table. On arm pgd and pud are folded into the pmd. There is only a table of pmd entries, and the
 * functions of the upper levels pass the walk on.
 *
 * Linux counterpart: mm/pagewalk.c
 */
#include <kernel/base/bug.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <mm/address_space.h>
#include <mm/pagewalk.h>
#include <mm/pgalloc.h>

/*
 * Counts the empty entries from this one, which is empty, to that of the last page before end.
 * Entries of all levels are words of one size, and an empty one is 0. Most entries of a table are
 * empty, so this loop decides what a walk of a whole half costs.
 */
static unsigned long count_empty(const pteval_t *entry, unsigned long addr, unsigned long end,
				 unsigned int shift)
{
	/* end - 1, because the end of a walk to the top of all addresses is 0. */
	unsigned long n = 1, max = ((end - 1) >> shift) - (addr >> shift) + 1;

	while (n < max && !entry[n])
		n++;
	return n;
}

/* The end of what n entries cover, the first that of addr; at most end. The highest end is 0. */
static unsigned long end_of_entries(unsigned long addr, unsigned long end, unsigned long n,
				    unsigned int shift)
{
	unsigned long next = ((addr >> shift) + n) << shift;

	return next - 1 < end - 1 ? next : end;
}

static int walk_hole(unsigned long addr, unsigned long next, enum pgtable_level level,
		     struct mm_walk *walk)
{
	return walk->ops->pte_hole ? walk->ops->pte_hole(addr, next, level, walk) : 0;
}

static int walk_pte_range(pmd_t *pmdp, unsigned long addr, unsigned long end, struct mm_walk *walk)
{
	pte_t *ptep = pte_offset_kernel(pmdp, addr);
	int result = 0;

	for (; !result && addr != end; ptep++, addr += PAGE_SIZE)
		result = walk->ops->pte_entry(ptep, addr, addr + PAGE_SIZE, walk);
	return result;
}

/* The entry is read once, behind the callback: that, or another processor, may have cleared it. */
static int walk_pmd(pmd_t *pmdp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	const struct mm_walk_ops *ops = walk->ops;
	int result = ops->pmd_entry ? ops->pmd_entry(pmdp, addr, next, walk) : 0;
	pmd_t pmd = READ_ONCE(*pmdp);

	if (result || pmd_none(pmd) || pmd_leaf(pmd))
		return result;
	if (ops->pte_entry)
		result = walk_pte_range(&pmd, addr, next, walk);
	if (!result && ops->leave_table && pmd_table_page(&pmd))
		ops->leave_table(pmd_table_page(&pmd), PGTABLE_LEVEL_PTE, walk);
	return result;
}

static int walk_pmd_range(pud_t *pudp, unsigned long addr, unsigned long end, struct mm_walk *walk)
{
	pmd_t *pmdp = pmd_offset(pudp, addr) + addr % PMD_SIZE / PMD_ENTRY_SIZE;
	unsigned long next, n;
	int result = 0;

	for (; !result && addr != end; pmdp += n, addr = next) {
		bool hole = pmd_none(*pmdp);

		n = hole ? count_empty(&pmd_val(*pmdp), addr, end, PMD_ENTRY_SHIFT) : 1;
		next = end_of_entries(addr, end, n, PMD_ENTRY_SHIFT);
		result = hole ? walk_hole(addr, next, PGTABLE_LEVEL_PMD, walk)
			      : walk_pmd(pmdp, addr, next, walk);
	}
	return result;
}

static int walk_pud(pud_t *pudp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	const struct mm_walk_ops *ops = walk->ops;
	int result = ops->pud_entry ? ops->pud_entry(pudp, addr, next, walk) : 0;
	pud_t pud = READ_ONCE(*pudp); /* once, as above */

	if (result || pud_none(pud) || pud_leaf(pud))
		return result;
	result = walk_pmd_range(&pud, addr, next, walk);
	if (!result && ops->leave_table && pud_table_page(&pud))
		ops->leave_table(pud_table_page(&pud), PGTABLE_LEVEL_PMD, walk);
	return result;
}

static int walk_pud_range(pgd_t *pgdp, unsigned long addr, unsigned long end, struct mm_walk *walk)
{
	pud_t *pudp = pud_offset(pgdp, addr);
	unsigned long next, n;
	int result = 0;

	if (PUD_SHIFT == PMD_SHIFT) /* folded: this table is one of pmd entries */
		return walk_pmd_range(pudp, addr, end, walk);
	for (; !result && addr != end; pudp += n, addr = next) {
		bool hole = pud_none(*pudp);

		n = hole ? count_empty(&pud_val(*pudp), addr, end, PUD_SHIFT) : 1;
		next = end_of_entries(addr, end, n, PUD_SHIFT);
		result = hole ? walk_hole(addr, next, PGTABLE_LEVEL_PUD, walk)
			      : walk_pud(pudp, addr, next, walk);
	}
	return result;
}

static int walk_pgd(pgd_t *pgdp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	const struct mm_walk_ops *ops = walk->ops;
	int result = ops->pgd_entry ? ops->pgd_entry(pgdp, addr, next, walk) : 0;

	if (!result)
		result = walk_pud_range(pgdp, addr, next, walk);
	if (!result && ops->leave_table && pgd_table_page(pgdp))
		ops->leave_table(pgd_table_page(pgdp), PGTABLE_LEVEL_PUD, walk);
	return result;
}

static int walk_pgd_range(pgd_t *pgdp, unsigned long addr, unsigned long end, struct mm_walk *walk)
{
	unsigned long next, n;
	int result = 0;

	if (PGDIR_SHIFT == PUD_SHIFT) /* folded: this table is one of pud entries */
		return walk_pud_range(pgdp, addr, end, walk);
	for (; !result && addr != end; pgdp += n, addr = next) {
		bool hole = pgd_none(*pgdp);

		n = hole ? count_empty(&pgd_val(*pgdp), addr, end, PGDIR_SHIFT) : 1;
		next = end_of_entries(addr, end, n, PGDIR_SHIFT);
		result = hole ? walk_hole(addr, next, PGTABLE_LEVEL_PGD, walk)
			      : walk_pgd(pgdp, addr, next, walk);
	}
	return result;
}

int walk_page_range(struct mm_struct *mm, unsigned long start, unsigned long end,
		    const struct mm_walk_ops *ops, void *private)
{
	struct mm_walk walk = { .ops = ops, .mm = mm, .private = private };
	int result;

	/* The loops end when the address equals end. They would step over an end inside a page. */
	if (WARN_ON(!IS_ALIGNED(start | end, PAGE_SIZE) || (end && end < start)))
		return -EINVAL;
	/* A program's tables are its own. All processors change the kernel's. */
	if (mm == &init_mm)
		pgtable_walk_begin();
	result = walk_pgd_range(pgd_offset(mm, start), start, end, &walk);
	if (mm == &init_mm)
		pgtable_walk_end();
	return result;
}

/* --- One address --- */

static int walk_page(struct mm_struct *mm, unsigned long addr, const struct mm_walk_ops *ops,
		     void *private)
{
	addr &= PAGE_MASK;
	return walk_page_range(mm, addr, addr + PAGE_SIZE, ops, private);
}

static int take_pte(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	*(pte_t **)walk->private = ptep;
	return 0;
}

pte_t *lookup_pte(struct mm_struct *mm, unsigned long addr)
{
	static const struct mm_walk_ops ops = { .pte_entry = take_pte };
	pte_t *ptep = NULL;

	walk_page(mm, addr, &ops, &ptep);
	return ptep;
}

pte_t *kernel_pte(unsigned long addr)
{
	return lookup_pte(&init_mm, addr);
}

static int pud_is_leaf(pud_t *pudp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return pud_leaf(*pudp);
}

static int pmd_is_leaf(pmd_t *pmdp, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return pmd_leaf(*pmdp);
}

static int pte_is_present(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	return pte_present(*ptep) != 0;
}

bool kern_addr_valid(unsigned long addr)
{
	static const struct mm_walk_ops ops = {
		.pud_entry = pud_is_leaf,
		.pmd_entry = pmd_is_leaf,
		.pte_entry = pte_is_present,
	};

	/* The table index drops the upper bits, so a user address would find a kernel entry. */
	return addr >= KERNEL_HALF_START && walk_page(&init_mm, addr, &ops, NULL) == 1;
}
