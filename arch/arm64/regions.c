/* SPDX-License-Identifier: MIT */
/*
 * The regions of arm64's address space, each drawn in asm/memlayout.h. All bounds are constants but
 * those of lowmem, the part of the linear map that has RAM behind it: boot fills them in.
 *
 * Linux counterpart: address_markers[] in arch/arm64/mm/ptdump.c
 */
#include <asm/fixmap.h>
#include <asm/memory.h>
#include <kernel/base/init.h>
#include <mm/memblock.h>
#include <mm/regions.h>

enum { PCI_IO, FIXMAP, VMALLOC, MODULES, LINEAR_MAP, LOWMEM, OTHERS };

struct region regions[] = {
	[PCI_IO] = REGION(PCI_IO_START, PCI_IO_END, "PCI I/O", "PCI I/O ports", "PCI I/O start",
			  "PCI I/O end"),
	[FIXMAP] = REGION(FIXADDR_TOT_START, FIXADDR_TOP, "fixmap", "a fixmap slot", "Fixmap start",
			  "Fixmap end"),
	[VMALLOC] = REGION(VMALLOC_START, VMALLOC_END, "vmalloc",
			   "vmalloc space, where nothing is mapped", "vmalloc() area",
			   "vmalloc() end"),
	[MODULES] = REGION(MODULES_VADDR, MODULES_END, "modules", "module space", "Modules start",
			   "Modules end"),
	[LINEAR_MAP] = REGION(PAGE_OFFSET, PAGE_END, NULL, "the linear map, where it has no RAM",
			      "Linear Mapping start", "Linear Mapping end"),
	[LOWMEM] = REGION(0, 0, "lowmem", "lowmem"),
	[OTHERS] = REGIONS_OF_EVERY_ARCHITECTURE,
	{},
};

void __init regions_init(void)
{
	regions[LOWMEM].start = (unsigned long)__va(memblock_start_of_DRAM());
	regions[LOWMEM].end = (unsigned long)high_memory;
}
