/* SPDX-License-Identifier: MIT */
/* The highest 2 MiB have no table. */
void __init early_fixmap_init(void)
{
	pgd_t *pgdp = pgd_offset_pgd(swapper_pg_dir, BM_START);
	unsigned long addr;
	unsigned int i;

	pgd_populate(pgdp, bm_pud);
	pud_populate(&bm_pud[pud_index(BM_START)], bm_pmd);
	for (i = 0, addr = BM_START; i < NR_BM_PTE_TABLES - 1; i++, addr += PMD_SIZE)
		pmd_populate_kernel(&bm_pmd[pmd_index(addr)], bm_pte[i]);
	flush_cache_vmap(BM_START, FIXADDR_TOP); /* a walk finds the tables from here on */
}
