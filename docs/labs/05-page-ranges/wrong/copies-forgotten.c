/* SPDX-License-Identifier: MIT */
/* On arm the copies of the first level do not learn of the table. */
bool __pte_alloc_kernel(pmd_t *pmdp, unsigned long addr)
{
	pte_t *table = begin_table();

	if (!table)
		return false;
	if (pmd_none(*pmdp)) {
		pmd_populate_kernel(pmdp, table);
		table = NULL;
	}
	end_table(table);
	return true;
}
