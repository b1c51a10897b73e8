/* SPDX-License-Identifier: MIT */
/* The pointer is that of the first page: the offset of phys in its page is lost. */
static void *__early_ioremap(phys_addr_t phys, unsigned long size, pgprot_t prot)
{
	phys_addr_t last = phys + size - 1;
	u64 first_pfn = phys >> PAGE_SHIFT, pages = (last >> PAGE_SHIFT) - first_pfn + 1;
	struct slot *slot = find_slot(NULL);
	unsigned int i;

	/* last < phys: the range wraps. Otherwise page numbers count up into nothing. */
	if (WARN_ON(!size || last < phys || !fits_entry(last >> PAGE_SHIFT, prot)))
		return NULL;
	if (WARN_ON(pages > NR_FIX_BTMAPS))
		return NULL;
	if (WARN(!slot, "early_ioremap: no free slot for 0x%llx, size 0x%lx", phys, size))
		return NULL;

	for (i = 0; i < pages; i++)
		__set_fixmap(slot_fixmap(slot) - i, (first_pfn + i) << PAGE_SHIFT, prot);
	slot->virt = (void *)(slot->base);
	slot->size = size;
	if (early_ioremap_debug)
		pr_info("slot %d: 0x%llx, size 0x%lx => 0x%px\n", slot_index(slot), phys, size,
			slot->virt);
	return slot->virt;
}
