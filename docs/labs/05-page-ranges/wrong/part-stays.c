/* SPDX-License-Identifier: MIT */
/* The part that was mapped before the memory ran out stays. */
int ioremap_page_range(unsigned long addr, unsigned long end, phys_addr_t phys, pgprot_t prot)
{
	struct map_source source = { .pfn = phys >> PAGE_SHIFT, .prot = prot };
	int err = map_range(addr, end, &source);

	if (err) /* the part that was mapped must not stay in an area that is freed */
		flush_cache_vmap(addr, end);
	else
		flush_cache_vmap(addr, end); /* once for the range, not once for each entry */
	return err;
}
