/* SPDX-License-Identifier: MIT */
/* The first access may fault: its walk may come before the stores. */
int ioremap_page_range(unsigned long addr, unsigned long end, phys_addr_t phys, pgprot_t prot)
{
	struct map_source source = { .pfn = phys >> PAGE_SHIFT, .prot = prot };
	int err = map_range(addr, end, &source);

	if (err) /* the part that was mapped must not stay in an area that is freed */
		vunmap_range(addr, end);
	return err;
}
