/* SPDX-License-Identifier: MIT */
/* One block is mapped, however long the range is. */
static int map_pud_blocks(unsigned long addr, phys_addr_t phys, unsigned long size,
			  const struct mem_type *type)
{
	pud_t *pudp = pud_alloc(pgd_offset_k(addr), addr);

	if (!pudp)
		return -ENOMEM;
	drop_pmd_table(pudp, addr);
	set_pud(pudp, __pud(__block_entry(phys, type->prot_pte)));
	flush_cache_vmap(addr, addr + size);
	return 0;
}
