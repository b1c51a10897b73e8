/* SPDX-License-Identifier: MIT */
/* The tables of pages below are never freed. */
static void drop_pmd_table(pud_t *pudp, unsigned long addr)
{
	pmd_t *table = pmd_offset(pudp, 0);

	if (pud_none(*pudp))
		return;
	BUG_ON(pud_leaf(*pudp));
	pud_clear(pudp);
	flush_tlb_kernel_range(addr, addr + PAGE_SIZE);
	pmd_free(table);
}
