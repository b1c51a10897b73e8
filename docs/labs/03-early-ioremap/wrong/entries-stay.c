/* SPDX-License-Identifier: MIT */
/* The slot is free again, but its entries still map the device. */
void early_memunmap(void *addr, unsigned long size)
{
	struct slot *slot = addr ? find_slot(addr) : NULL;

	if (WARN(!slot, "early_iounmap: 0x%px is not mapped", addr))
		return;
	if (WARN(slot->size != size, "early_iounmap: 0x%px, size 0x%lx, was mapped with size 0x%lx",
		 addr, size, slot->size))
		return;

	slot->virt = NULL; /* last: the slot is free when no entry of it is valid */
	if (early_ioremap_debug)
		pr_info("slot %d: 0x%px unmapped\n", slot_index(slot), addr);
}
