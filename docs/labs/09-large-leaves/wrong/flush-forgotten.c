/* SPDX-License-Identifier: MIT */
/* The table is freed without a flush: a walker may still know its address. */
static void drop_pte_table(pmd_t *pmdp, unsigned long addr)
{
	pte_t *table = pte_offset_kernel(pmdp, 0);

	if (pmd_none(*pmdp))
		return;
	BUG_ON(pmd_leaf(*pmdp));
	pmd_clear(pmdp);
	pte_free_kernel(table);
}
