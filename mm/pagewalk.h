/* SPDX-License-Identifier: MIT */
/*
 * Declares the one walk over page tables, and its callbacks.
 *
 * Its users are the dump, the look-up of one address, checks, counts, and the code that frees a
 * program's tables. A user gives a table of callbacks. The walk knows the levels, the folded ones
 * included, and calls back in ascending order of addresses. Code that maps and unmaps kernel memory
 * has its walks written out (vmap_range.h).
 *
 * The walk holds no lock while it calls back. A table of the kernel that is detached meanwhile is
 * freed only when the walk has ended. Tables of a program are changed by that program alone, so the
 * caller must be it, or make sure that it does not run.
 *
 * Linux counterpart: include/linux/pagewalk.h. There the walk of a user's mm goes by its areas;
 * here it goes by the tables alone, as Linux's walk of init_mm does.
 */
#pragma once

#include <asm/pgtable.h>
#include <kernel/lib/types.h>

struct mm_struct;
struct mm_walk;

/* Bytes that one descriptor of a pmd covers: PMD_SIZE, or on arm half of it, one section. */
#define PMD_ENTRY_SIZE (UL(1) << PMD_ENTRY_SHIFT)

/* A level of the tables; NONE where there is no entry. */
enum pgtable_level {
	PGTABLE_LEVEL_NONE,
	PGTABLE_LEVEL_PGD,
	PGTABLE_LEVEL_PUD,
	PGTABLE_LEVEL_PMD,
	PGTABLE_LEVEL_PTE,
};

/*
 * The callbacks of a walk. Each may be NULL. [addr, next) is the part of the range that the entry
 * covers. A result other than 0 ends the walk and becomes its result.
 *
 * A level that the architecture folds has no entries of its own, so its callbacks are not called.
 * Each descriptor of a pmd pair counts as an entry, because the two may differ. A supersection is
 * 16 entries.
 */
struct mm_walk_ops {
	/* Each entry that is not empty: a leaf, or a table that is walked next. */
	int (*pgd_entry)(pgd_t *pgdp, unsigned long addr, unsigned long next, struct mm_walk *walk);
	int (*pud_entry)(pud_t *pudp, unsigned long addr, unsigned long next, struct mm_walk *walk);
	int (*pmd_entry)(pmd_t *pmdp, unsigned long addr, unsigned long next, struct mm_walk *walk);

	/* Each entry of the last level, empty ones included. It may be changed. */
	int (*pte_entry)(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk);

	/*
	 * Each run of empty entries in a table of the levels above; level is that of the entries.
	 * Linux calls it for each entry, with a depth.
	 */
	int (*pte_hole)(unsigned long addr, unsigned long next, enum pgtable_level level,
			struct mm_walk *walk);

	/*
	 * The page of each table below the first level, once the walk is done with it, so that it
	 * may be freed; level is that of its entries. Only for ranges whose borders are multiples
	 * of PMD_SIZE. Linux frees and counts by walks of their own.
	 */
	void (*leave_table)(void *table, enum pgtable_level level, struct mm_walk *walk);
};

/* A walk under way, as the callbacks see it. */
struct mm_walk {
	const struct mm_walk_ops *ops;
	struct mm_struct *mm;
	void *private; /* the caller's */
};

/*
 * Walks [start, end) in the tables of mm. Both are multiples of PAGE_SIZE and lie in the half that
 * these tables translate; an end of 0 is the top of the address space. Returns 0, the result of the
 * callback that ended the walk, or -EINVAL with a warning for any other range. Process context.
 */
int walk_page_range(struct mm_struct *mm, unsigned long start, unsigned long end,
		    const struct mm_walk_ops *ops, void *private);

/*
 * Returns the entry of the page at addr in the tables of mm. NULL where there is no last-level
 * table, or a larger leaf. addr lies in the half that these tables translate. Process context. The
 * entry of a kernel address may be used as long as the caller owns that address.
 */
pte_t *lookup_pte(struct mm_struct *mm, unsigned long addr);

/* The same for an address of the kernel's half. Linux: virt_to_kpte(). */
pte_t *kernel_pte(unsigned long addr);

/* Does an address of the kernel's half translate, by a page or a larger leaf? Process context. */
bool kern_addr_valid(unsigned long addr);
