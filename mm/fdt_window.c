/* SPDX-License-Identifier: MIT */
/*
 * The device tree's window, from the moment when memory is known.
 *
 * The early window is made of whole sections or blocks, because there was no memory for a table. It
 * reaches past the tree, perhaps past the end of RAM, and all of it is cached. A device register
 * right behind RAM would then be mapped twice, by ioremap() as a device and here as memory, and a
 * processor may read it ahead at any time, because it may read any cached page. So the window is
 * made anew, of pages that hold the tree and nothing else.
 *
 * Linux counterpart: none. There the blocks stay (arch/arm64/mm/fixmap.c), or lie in lowmem.
 */
#include <kernel/base/init.h>
#include <mm/fixmap.h>
#include <mm/page.h>
#include <mm/vmap_range.h>

int __init fixmap_narrow_fdt(const void *fdt, unsigned long size, phys_addr_t phys)
{
	unsigned long addr = (unsigned long)fdt, start = addr & PAGE_MASK;

	/*
	 * Break before make: a block must be gone from the TLB before a page of its range is
	 * mapped, or the processor may find both.
	 */
	vunmap_range(FDT_FIXED_BASE, FDT_FIXED_BASE + FDT_FIXED_SIZE);
	return ioremap_page_range(start, PAGE_ALIGN(addr + size), phys - (addr - start),
				  PAGE_KERNEL_RO);
}
