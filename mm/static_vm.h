/* SPDX-License-Identifier: MIT */
/*
 * Mappings that a machine makes once, at boot, at addresses it chose, and never takes back.
 * ioremap() answers from them when it can; iounmap() leaves them alone; vmallocinfo lists them,
 * without a guard page. Their records are areas of boot (VM_EARLY) like any other.
 *
 * All of it is built during boot, on one processor, and does not change afterwards: no lock.
 *
 * Linux counterpart: arch/arm/mm/mm.h, asm/mach/map.h, arch/arm/mm/mmu.c (only 32-bit arm has them
 * there)
 */
#pragma once

#include <asm/pgtable.h>
#include <kernel/lib/types.h>
#include <mm/vmalloc.h>

/*
 * One row of a machine's table: virtual, the frame and length in bytes (whole pages), and an MT_
 * type.
 */
struct map_desc {
	unsigned long virtual;
	unsigned long pfn;
	unsigned long length;
	unsigned int type;
};

/*
 * Maps the n rows of a machine's table. From paging_init(), once for each table; memblock gives
 * the memory for records and tables. Panics, naming the row, when its address or length is not a
 * multiple of PAGE_SIZE, or when it lies outside vmalloc space, meets RAM or meets another area. In
 * iotable.c.
 */
void iotable_init(const struct map_desc *rows, unsigned int n);

/* Enters a static mapping: among the areas, and for the look-up below. From boot. */
void add_static_vm_early(struct vm_struct *vm);

/*
 * Reserves [addr, addr + size), whole pages: nothing is mapped there and nothing will be;
 * vmallocinfo lists it for caller. From boot, after memblock and before vmalloc_init().
 */
void vm_reserve_area_early(unsigned long addr, unsigned long size, const void *caller);

/*
 * Reserves what the mapping of [addr, end) leaves unusable beside it: on arm the other half of a
 * pair of sections. Called by iotable_init() for each row when all are mapped, so two halves of one
 * pair belong in one table. In arch/arm/create_mapping.c and arch/arm64/mmu.c.
 */
void fill_pmd_gaps(unsigned long addr, unsigned long end);

/*
 * arm64 only: how its static mappings and its linear map are made, by the largest leaves that
 * addresses and size, whole pages, allow. From paging_init(); panics when memblock has no page left
 * for a table. In arch/arm64/mmu.c.
 */
void map_early_range(unsigned long addr, phys_addr_t phys, unsigned long size, pgprot_t prot);

/*
 * Returns the static mapping of that type that holds all of [phys, phys + size), or NULL; also when
 * size is 0 or the range wraps. Any context.
 */
struct vm_struct *find_static_vm_paddr(phys_addr_t phys, size_t size, unsigned int mtype);
