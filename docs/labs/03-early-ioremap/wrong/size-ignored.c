/* SPDX-License-Identifier: MIT */
/* The size is not compared with that of the mapping. */
void early_memunmap(void *addr, unsigned long size)
{
	struct slot *slot = addr ? find_slot(addr) : NULL;
	unsigned int i, pages;

	if (WARN(!slot, "early_iounmap: 0x%px is not mapped", addr))
		return;

	pages = DIV_ROUND_UP((unsigned long)addr + size - slot->base, PAGE_SIZE);
	for (i = 0; i < pages; i++)
		__set_fixmap(slot_fixmap(slot) - i, 0, FIXMAP_PAGE_CLEAR);
	slot->virt = NULL; /* last: the slot is free when no entry of it is valid */
	if (early_ioremap_debug)
		pr_info("slot %d: 0x%px unmapped\n", slot_index(slot), addr);
}
