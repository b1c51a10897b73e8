/* SPDX-License-Identifier: MIT */
/* The table of a caller that was faster is lost, with what it maps. */
bool __pte_alloc_kernel(pmd_t *pmdp, unsigned long addr)
{
	pte_t *table = begin_table();

	if (!table)
		return false;
	pmd_populate_kernel(pmdp, table);
	arch_sync_kernel_mappings(addr);
	end_table(NULL);
	return true;
}
