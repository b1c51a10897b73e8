/* SPDX-License-Identifier: MIT */
/*
 * Replaces the device tree's early window by one that maps only the tree's own pages.
 *
 * The early window is made of whole sections or blocks, because there was no memory for a table. It
 * reaches past the tree, perhaps past the end of RAM, and all of it is cached. A device register
 * right behind RAM would then be mapped twice: by ioremap() as a device, and here as memory. A
 * processor may prefetch from any cached page, and so read that register at any time.
 *
 * Linux counterpart: none. Linux keeps the blocks (arch/arm64/mm/fixmap.c), or has the tree in
 * lowmem.
 */
#include <kernel/base/init.h>
#include <mm/fixmap.h>
#include <mm/page.h>
#include <mm/vmap_range.h>

int __init fixmap_narrow_fdt(const void *fdt, unsigned long size, phys_addr_t phys)
{
	unsigned long addr = (unsigned long)fdt, start = addr & PAGE_MASK;

	/*
	 * Break before make: the TLB must drop the block before a page of its range is mapped. With
	 * both in the TLB, an access may use either, or end in a TLB conflict abort.
	 */
	vunmap_range(FDT_FIXED_BASE, FDT_FIXED_BASE + FDT_FIXED_SIZE);
	return ioremap_page_range(start, PAGE_ALIGN(addr + size), phys - (addr - start),
				  PAGE_KERNEL_RO);
}
