/* SPDX-License-Identifier: MIT */
/* A block is written over a table that is still there. */
static int map_pmd_blocks_below(pud_t *pudp, unsigned long addr, unsigned long end,
				phys_addr_t phys, pgprot_t prot)
{
	pmd_t *pmdp = pmd_alloc(pudp, addr);

	if (!pmdp)
		return -ENOMEM;
	for (; addr != end; pmdp++, addr += PMD_SIZE, phys += PMD_SIZE)
		set_pmd(pmdp, __pmd(__block_entry(phys, prot)));
	return 0;
}
