/* SPDX-License-Identifier: MIT */
/*
 * The regions of arm's address space, each drawn in asm/memlayout.h. Lowmem ends where RAM ends or
 * where vmalloc space needs the addresses, so boot fills in the bounds of these two.
 *
 * Linux counterpart: address_markers[] in arch/arm/mm/dump.c
 */
#include <kernel/base/init.h>
#include <mm/regions.h>

enum { VECTORS, FIXMAP, FDT, VMALLOC, LOWMEM, PKMAP, MODULES, OTHERS };

struct region regions[] = {
	[VECTORS] = REGION(VECTORS_BASE, VECTORS_BASE + PAGE_SIZE, "vector",
			   "the exception vectors", "Vectors", "Vectors End"),
	[FIXMAP] = REGION(FIXADDR_START, FIXADDR_END, "fixmap", "a fixmap slot", "Fixmap Area"),
	[FDT] = REGION(FDT_FIXED_BASE, FDT_FIXED_BASE + FDT_FIXED_SIZE, "fdt",
		       "the device tree's window"),
	[VMALLOC] = REGION(0, 0, "vmalloc", "vmalloc space, where nothing is mapped",
			   "vmalloc() Area", "vmalloc() End"),
	[LOWMEM] = REGION(0, 0, "lowmem", "lowmem", "Kernel Mapping"),
	[PKMAP] = REGION(PKMAP_BASE, PKMAP_BASE + PKMAP_SIZE, "pkmap",
			 "a short-lived map of high memory", "Pkmap Area"),
	[MODULES] = REGION(MODULES_VADDR, MODULES_END, "modules", "module space", "Modules"),
	[OTHERS] = REGIONS_OF_EVERY_ARCHITECTURE,
	{},
};

void __init regions_init(void)
{
	regions[VMALLOC].start = VMALLOC_START;
	regions[VMALLOC].end = VMALLOC_END;
	regions[LOWMEM].start = PAGE_OFFSET;
	regions[LOWMEM].end = (unsigned long)high_memory;
}
