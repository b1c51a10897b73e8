/* SPDX-License-Identifier: MIT */
/* The highest pair, of some slots and of the vectors, has no table. */
void __init early_fixmap_init(void)
{
	unsigned int i;

	for (i = 0; i < NR_BM_PTE_TABLES - 1; i++)
		pmd_populate_kernel(pmd_off_k(BM_START + i * PMD_SIZE), bm_pte[i]);
	flush_cache_vmap(BM_START, FIXADDR_END); /* a walk finds the tables from here on */
}
