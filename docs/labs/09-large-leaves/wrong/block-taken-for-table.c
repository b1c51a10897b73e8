/* SPDX-License-Identifier: MIT */
/* A block in use is replaced, and its mapping is lost. */
static void drop_pte_table(pmd_t *pmdp, unsigned long addr)
{
	pte_t *table = pte_offset_kernel(pmdp, 0);
	bool leaf = pmd_leaf(*pmdp);

	if (pmd_none(*pmdp))
		return;
	pmd_clear(pmdp);
	flush_tlb_kernel_range(addr, addr + PAGE_SIZE);
	if (!leaf)
		pte_free_kernel(table);
}
