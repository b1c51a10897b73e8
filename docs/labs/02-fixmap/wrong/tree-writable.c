/* SPDX-License-Identifier: MIT */
/* The tree can be written to. */
void *__init fixmap_remap_fdt(phys_addr_t phys)
{
	unsigned long window = __fix_to_virt(FIX_FDT);
	phys_addr_t base = phys & PMD_MASK;
	pmd_t *pmdp = &bm_pmd[pmd_index(window)];
	unsigned long size;

	if (!phys || phys & 7)
		return NULL;
	for (size = 0; size < FIX_FDT_SIZE; size += PMD_SIZE, pmdp++)
		set_pmd(pmdp, __pmd(__block_entry(base + size, PAGE_KERNEL)));
	flush_cache_vmap(window, window + FIX_FDT_SIZE); /* the caller reads the tree at once */
	return (void *)(window + (unsigned long)(phys - base));
}
