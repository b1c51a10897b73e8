/* SPDX-License-Identifier: MIT */
/* The first walk may come before the tables are seen. */
void __init early_fixmap_init(void)
{
	pgd_t *pgdp = pgd_offset_pgd(swapper_pg_dir, BM_START);
	unsigned long addr;
	unsigned int i;

	pgd_populate(pgdp, bm_pud);
	pud_populate(&bm_pud[pud_index(BM_START)], bm_pmd);
	for (i = 0, addr = BM_START; i < NR_BM_PTE_TABLES; i++, addr += PMD_SIZE)
		pmd_populate_kernel(&bm_pmd[pmd_index(addr)], bm_pte[i]);
}
