/* SPDX-License-Identifier: MIT */
/* Each block maps the first 2 MiB. */
static int map_pmd_blocks_below(pud_t *pudp, unsigned long addr, unsigned long end,
				phys_addr_t phys, pgprot_t prot)
{
	pmd_t *pmdp = pmd_alloc(pudp, addr);

	if (!pmdp)
		return -ENOMEM;
	for (; addr != end; pmdp++, addr += PMD_SIZE) {
		drop_pte_table(pmdp, addr);
		set_pmd(pmdp, __pmd(__block_entry(phys, prot)));
	}
	return 0;
}
