/* SPDX-License-Identifier: MIT */
/* A section is written over a table that is still there. */
static void fill_pairs(unsigned long addr, phys_addr_t phys, unsigned long size, pmdval_t prot,
		       pmd_t (*make)(phys_addr_t phys, pmdval_t prot))
{
	unsigned long end = addr + size, pos;
	pmd_t *pair = pmd_off_k(addr);

	for (pos = addr; pos < end; pos += PMD_SIZE, phys += PMD_SIZE, pair += 2) {
		set_pmd(&pair[0], make(phys, prot));
		set_pmd(&pair[1], make(phys + SECTION_SIZE, prot));
	}
	sync_kernel_entries(addr, end);
	flush_cache_vmap(addr, end);
}
