/* SPDX-License-Identifier: MIT */
/*
 * Maps devices and memory in slots of the fixmap, before vmalloc exists.
 *
 * The fixmap reserves FIX_BTMAPS_SLOTS slots of NR_FIX_BTMAPS pages. Their tables are part of the
 * kernel image, so mapping needs no allocation. A mapping takes a whole slot. The table below says
 * which slots are in use, and for which mapping. So a wrong unmap is refused, and a forgotten one
 * is found at the end of boot.
 *
 * Fixmap indices count downwards while addresses count upwards.
 *
 * Linux counterpart: mm/early_ioremap.c. There the entries are set by __early_set_fixmap() before
 * paging_init() and by __late_set_fixmap() after it; our fixmap tables stay, so __set_fixmap()
 * serves throughout.
 */
#define pr_fmt(fmt) "early_ioremap: " fmt

#include <mm/early_ioremap.h>

#include <asm/memlayout.h>
#include <asm/pgtable.h>
#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/base/param.h>
#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <mm/fixmap.h>

static struct slot {
	void *virt;         /* what early_ioremap() returned; NULL: the slot is free */
	unsigned long size; /* what it was asked for, in bytes */
	unsigned long base; /* address of the slot's first page */
} slots[FIX_BTMAPS_SLOTS];

static bool early_ioremap_debug;

static int __init parse_early_ioremap_debug(char *arg)
{
	if (*arg)
		return -EINVAL;
	early_ioremap_debug = true;
	return 0;
}
early_param("early_ioremap_debug", parse_early_ioremap_debug);

static int slot_index(const struct slot *slot)
{
	return slot - slots;
}

/* The fixmap index of a slot's first page. */
static int slot_fixmap(const struct slot *slot)
{
	return FIX_BTMAP_BEGIN - NR_FIX_BTMAPS * slot_index(slot);
}

/*
 * Returns the slot whose mapping was returned as virt; for virt NULL, the first free slot. NULL
 * when there is none.
 */
static struct slot *find_slot(const void *virt)
{
	struct slot *slot;

	for (slot = slots; slot < slots + FIX_BTMAPS_SLOTS; slot++)
		if (slot->virt == virt)
			return slot;
	return NULL;
}

void early_ioremap_setup(void)
{
	struct slot *slot;

	for (slot = slots; slot < slots + FIX_BTMAPS_SLOTS; slot++) {
		WARN_ON(slot->virt);
		slot->base = __fix_to_virt(slot_fixmap(slot));
	}
}

void early_ioremap_init(void)
{
	early_ioremap_setup();
}

/* Whether a page-table entry can hold the address of this page. An entry of arm ends at 4 GiB. */
static bool fits_entry(u64 pfn, pgprot_t prot)
{
	return pte_pfn(pfn_pte(pfn, prot)) == pfn;
}

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
	slot->virt = (void *)(slot->base + (unsigned long)(phys & ~PAGE_MASK));
	slot->size = size;
	if (early_ioremap_debug)
		pr_info("slot %d: 0x%llx, size 0x%lx => 0x%px\n", slot_index(slot), phys, size,
			slot->virt);
	return slot->virt;
}

void __iomem *early_ioremap(phys_addr_t phys, unsigned long size)
{
	return (__force void __iomem *)__early_ioremap(phys, size, FIXMAP_PAGE_IO);
}

void *early_memremap(phys_addr_t phys, unsigned long size)
{
	return __early_ioremap(phys, size, FIXMAP_PAGE_NORMAL);
}

void *early_memremap_ro(phys_addr_t phys, unsigned long size)
{
	return __early_ioremap(phys, size, FIXMAP_PAGE_RO);
}

void early_memunmap(void *addr, unsigned long size)
{
	struct slot *slot = addr ? find_slot(addr) : NULL;
	unsigned int i, pages;

	if (WARN(!slot, "early_iounmap: 0x%px is not mapped", addr))
		return;
	if (WARN(slot->size != size, "early_iounmap: 0x%px, size 0x%lx, was mapped with size 0x%lx",
		 addr, size, slot->size))
		return;

	pages = DIV_ROUND_UP((unsigned long)addr + size - slot->base, PAGE_SIZE);
	for (i = 0; i < pages; i++)
		__set_fixmap(slot_fixmap(slot) - i, 0, FIXMAP_PAGE_CLEAR);
	slot->virt = NULL; /* last: the slot is free when no entry of it is valid */
	if (early_ioremap_debug)
		pr_info("slot %d: 0x%px unmapped\n", slot_index(slot), addr);
}

void early_iounmap(void __iomem *addr, unsigned long size)
{
	early_memunmap((__force void *)addr, size);
}

int early_ioremap_leak_check(void)
{
	const struct slot *slot;
	int count = 0;

	for (slot = slots; slot < slots + FIX_BTMAPS_SLOTS; slot++) {
		if (!slot->virt)
			continue;
		pr_warn("slot %d is still mapped: 0x%px, size 0x%lx\n", slot_index(slot),
			slot->virt, slot->size);
		count++;
	}
	if (count)
		pr_warn("slots leaked: %d (early_ioremap_debug shows each mapping)\n", count);
	return count;
}
