/* SPDX-License-Identifier: MIT */
/* What lies behind the first table is not cleared. */
static void unmap_pmd_range(pud_t *pudp, unsigned long addr, unsigned long end)
{
	pmd_t *pmdp = pmd_offset(pudp, addr);
	unsigned long next;

	next = pmd_addr_end(addr, end);
	if (pmd_leaf(*pmdp))
		pmd_clear(pmdp);
	else if (!pmd_none(*pmdp))
		unmap_pte_range(pmdp, addr, next);
}
