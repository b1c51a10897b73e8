/* SPDX-License-Identifier: MIT */
/*
 * The end of a user's tables. What they mapped is gone by then.
 * Linux counterpart: free_pgtables() in mm/memory.c
 */
#include <mm/pgalloc.h>

static void free_pmd_tables(pud_t *pudp)
{
	pmd_t *pmdp = pmd_offset(pudp, 0);
	unsigned long addr;

	for (addr = 0; addr < PUD_SIZE; addr += PMD_SIZE, pmdp++)
		if (!pmd_none(*pmdp))
			pte_free_kernel(pte_offset_kernel(pmdp, 0));
}

static void free_pud_tables(pgd_t *pgdp)
{
	pud_t *pudp = pud_offset(pgdp, 0);
	unsigned long addr;

	for (addr = 0; addr < PGDIR_SIZE; addr += PUD_SIZE, pudp++) {
		if (pud_none(*pudp))
			continue;
		free_pmd_tables(pudp);
		pmd_free(pud_table_page(pudp));
	}
}

void free_pgtables(pgd_t *pgd)
{
	unsigned long i;

	for (i = 0; i < TASK_SIZE >> PGDIR_SHIFT; i++, pgd++) {
		if (pgd_none(*pgd))
			continue;
		free_pud_tables(pgd);
		pud_free(pgd_table_page(pgd));
	}
}
