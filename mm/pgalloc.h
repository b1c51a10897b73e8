/* SPDX-License-Identifier: MIT */
/*
 * Tables of every level: the step "the entry for addr, with the table below made if it is missing",
 * and the way to free a table. Levels that an architecture folds are never missing.
 *
 * Two callers may race to make the same table: it is hung in under page_table_lock.
 *
 * Linux counterpart: include/linux/mm.h (pud_alloc and so on), asm-generic/pgalloc.h
 */
#pragma once

#include <asm/pgtable.h>
#include <kernel/lib/types.h>

struct mm_struct;

/* The end of the part of [addr, end) that one entry of the level covers. */
#define __level_addr_end(addr, end, size)                                \
	({                                                               \
		unsigned long _next = ((addr) + (size)) & ~((size) - 1); \
		_next - 1 < (end) - 1 ? _next : (end);                   \
	})
#define pgd_addr_end(addr, end) __level_addr_end(addr, end, PGDIR_SIZE)
#define pud_addr_end(addr, end) __level_addr_end(addr, end, PUD_SIZE)
#define pmd_addr_end(addr, end) __level_addr_end(addr, end, PMD_SIZE)

#define pgd_offset_k(addr) pgd_offset_pgd(swapper_pg_dir, addr)

/* The pmd entry of a kernel address; every table above it is there. */
static inline pmd_t *pmd_off_k(unsigned long addr)
{
	return pmd_offset(pud_offset(pgd_offset_k(addr), addr), addr);
}

/* Frees a table that no entry leads to any more, after the TLB was flushed. */
void pud_free(pud_t *table);
void pmd_free(pmd_t *table);
void pte_free_kernel(pte_t *table);

/*
 * The entry for addr in the table below *entry; NULL when that table was missing and memory is
 * too.
 */
pud_t *pud_alloc(pgd_t *pgdp, unsigned long addr);
pmd_t *pmd_alloc(pud_t *pudp, unsigned long addr);
pte_t *pte_alloc_kernel(pmd_t *pmdp, unsigned long addr);
pte_t *pte_alloc(pmd_t *pmdp, unsigned long addr); /* in a user's half */

/*
 * A table was hung into the kernel's part of swapper_pg_dir for addr: address spaces that have a
 * copy of that part learn of it here (arch/<name>/context.c).
 */
void arch_sync_kernel_mappings(unsigned long addr);

/*
 * A first-level table whose kernel part is that of init_mm (arch/<name>/context.c); NULL without
 * memory.
 */
pgd_t *pgd_alloc(struct mm_struct *mm);
void pgd_free(struct mm_struct *mm, pgd_t *pgd);
