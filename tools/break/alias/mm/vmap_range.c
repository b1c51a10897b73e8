/* SPDX-License-Identifier: MIT */
/* Mistake: alias - the pages of an ioremap() are mapped as cached memory */
int ioremap_page_range(unsigned long addr, unsigned long end, phys_addr_t phys, pgprot_t prot)
{
	struct map_source source = { .pfn = phys >> PAGE_SHIFT, .prot = PAGE_KERNEL };
	int err = map_range(addr, end, &source);

	if (err)
		vunmap_range(addr, end);
	else
		flush_cache_vmap(addr, end);
	return err;
}
