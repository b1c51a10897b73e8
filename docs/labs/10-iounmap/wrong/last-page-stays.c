/* SPDX-License-Identifier: MIT */
/* The last entry of each table is not cleared. */
static void unmap_pte_range(pmd_t *pmdp, unsigned long addr, unsigned long end)
{
	pte_t *ptep = pte_offset_kernel(pmdp, addr);
	const pte_t *stop = ptep + ((end - addr) >> PAGE_SHIFT) - 1;

	for (; ptep != stop; ptep++)
		pte_clear(ptep); /* also where nothing was mapped: that is cheaper than to look */
}
