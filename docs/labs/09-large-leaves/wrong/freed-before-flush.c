/* SPDX-License-Identifier: MIT */
/* The table is free while a walker may still read it. */
static void displace_table(pmd_t *pair, unsigned long addr)
{
	pte_t *table = pte_offset_kernel(pair, 0);

	BUG_ON(pmd_leaf(*pair));
	pmd_clear(pair);
	sync_kernel_entries(addr, addr + PMD_SIZE);
	pte_free_kernel(table);
	flush_tlb_kernel_range(addr, addr + PMD_SIZE);
}
