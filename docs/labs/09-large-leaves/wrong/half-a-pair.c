/* SPDX-License-Identifier: MIT */
/* Only the first half of each pair is written. */
static void fill_pairs(unsigned long addr, phys_addr_t phys, unsigned long size, pmdval_t prot,
		       pmd_t (*make)(phys_addr_t phys, pmdval_t prot))
{
	unsigned long end = addr + size, pos;
	pmd_t *pair = pmd_off_k(addr);

	for (pos = addr; pos < end; pos += PMD_SIZE, phys += PMD_SIZE, pair += 2) {
		if (!pmd_none(*pair))
			displace_table(pair, pos);
		set_pmd(&pair[0], make(phys, prot));
	}
	sync_kernel_entries(addr, end);
	flush_cache_vmap(addr, end);
}
