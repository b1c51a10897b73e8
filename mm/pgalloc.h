/* SPDX-License-Identifier: MIT */
/*
 * Declares the steps from an entry to the table below it, which is allocated if it is missing.
 *
 * Levels that an architecture folds are never missing. Two callers may race to allocate the same
 * table, so it is entered under page_table_lock.
 *
 * Linux counterpart: include/linux/mm.h (pud_alloc and so on), asm-generic/pgalloc.h
 */
#pragma once

#include <asm/pgtable.h>
#include <kernel/lib/types.h>

struct mm_struct;

/*
 * The end of the part of [addr, end) that one entry of the level covers. Compares last bytes,
 * because the end of the highest entry wraps to 0.
 */
#define __level_addr_end(addr, end, size)                                \
	({                                                               \
		unsigned long _next = ((addr) + (size)) & ~((size) - 1); \
		_next - 1 < (end) - 1 ? _next : (end);                   \
	})
#define pgd_addr_end(addr, end) __level_addr_end(addr, end, PGDIR_SIZE)
#define pud_addr_end(addr, end) __level_addr_end(addr, end, PUD_SIZE)
#define pmd_addr_end(addr, end) __level_addr_end(addr, end, PMD_SIZE)

#define pgd_offset_k(addr) pgd_offset_pgd(swapper_pg_dir, addr)

/* The pmd entry of a kernel address. The tables above it must exist. */
#define pmd_off_k(addr) pmd_offset(pud_offset(pgd_offset_k(addr), addr), addr)

/*
 * Free a table that no entry leads to. The TLB must have been flushed after the entry was cleared:
 * a walker may have cached the table's address, and would read the next owner's data as
 * descriptors. A walk by software may be in the table, on another processor: then the page is freed
 * when that walk has ended.
 */
void pud_free(pud_t *table);
void pmd_free(pmd_t *table);
void pte_free_kernel(pte_t *table);

/*
 * Allocate the table below an entry that is empty, and enter it. Return false without memory. For
 * the functions below only.
 */
bool __pud_alloc(pgd_t *pgdp);
bool __pmd_alloc(pud_t *pudp);
bool __pte_alloc_kernel(pmd_t *pmdp, unsigned long addr);
bool __pte_alloc(pmd_t *pmdp);

/*
 * Return the entry for addr in the table below the given entry. NULL when that table is missing and
 * there is no memory for it.
 */
static inline pud_t *pud_alloc(pgd_t *pgdp, unsigned long addr)
{
	return pgd_none(*pgdp) && !__pud_alloc(pgdp) ? NULL : pud_offset(pgdp, addr);
}

static inline pmd_t *pmd_alloc(pud_t *pudp, unsigned long addr)
{
	return pud_none(*pudp) && !__pmd_alloc(pudp) ? NULL : pmd_offset(pudp, addr);
}

static inline pte_t *pte_alloc_kernel(pmd_t *pmdp, unsigned long addr)
{
	return pmd_none(*pmdp) && !__pte_alloc_kernel(pmdp, addr) ? NULL
								  : pte_offset_kernel(pmdp, addr);
}

/* In a user's half. */
static inline pte_t *pte_alloc(pmd_t *pmdp, unsigned long addr)
{
	return pmd_none(*pmdp) && !__pte_alloc(pmdp) ? NULL : pte_offset_kernel(pmdp, addr);
}

/*
 * Around a walk of init_mm's tables by software, which other processors change meanwhile: between
 * the two, no table that it can reach is freed. They nest. Process context.
 */
void pgtable_walk_begin(void);
void pgtable_walk_end(void);

/*
 * Tells the architecture that a table was entered in swapper_pg_dir for addr, because address
 * spaces may have a copy of that entry (arch/<name>/context.c).
 */
void arch_sync_kernel_mappings(unsigned long addr);

/*
 * Returns a first-level table whose kernel part is that of init_mm; NULL without memory. In
 * arch/<name>/context.c.
 */
pgd_t *pgd_alloc(struct mm_struct *mm);
void pgd_free(struct mm_struct *mm, pgd_t *pgd);
