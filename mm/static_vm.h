/* SPDX-License-Identifier: MIT */
/*
 * Mappings that a machine makes once, at boot, at addresses it chose, and never takes back.
 * ioremap() answers from them when it can; iounmap() leaves them alone; vmallocinfo lists them,
 * without a guard page.
 *
 * The list is built during boot, on one processor, and does not change afterwards: no lock.
 *
 * Linux counterpart: arch/arm/mm/mm.h, asm/mach/map.h, arch/arm/mm/mmu.c (only 32-bit arm has them
 * there)
 */
#pragma once

#include <kernel/lib/list.h>
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

struct static_vm {
	struct vm_struct vm;
	struct list_head list;
};

/* All static mappings, and address ranges kept, by address. */
extern struct list_head static_vmlist;

/*
 * Maps the n rows of a machine's table. From paging_init(), once for each table; memblock gives
 * the memory for records and tables. A row that is no whole pages, or outside vmalloc space, or
 * meets RAM or another row, is a panic that names it.
 */
void iotable_init(const struct map_desc *rows, unsigned int n);

/*
 * Puts a static mapping on the list and among the early vm areas. From boot, before
 * vmalloc_init().
 */
void add_static_vm_early(struct static_vm *svm);

/*
 * Keeps [addr, addr + size), whole pages, out of everybody's hands: nothing is mapped there, but
 * vmallocinfo lists it for caller. From boot, after memblock and before vmalloc_init(). In
 * vm_reserve.c.
 */
void vm_reserve_area_early(unsigned long addr, unsigned long size, const void *caller);

/*
 * Keeps what the mappings made so far leave unusable beside them: on arm the other half of a pair
 * of sections. Called by iotable_init() behind the last row, so two halves belong in one table. In
 * arch/<name>/create_mapping.c.
 */
void fill_pmd_gaps(void);

/*
 * arm64 only: how its static mappings and its linear map are made, by the largest leaves that
 * addresses and size, whole pages, allow. From paging_init(); panics when memblock has no page left
 * for a table. In arch/arm64/mmu.c.
 */
void map_early_range(unsigned long addr, phys_addr_t phys, unsigned long size, pgprot_t prot);

/* The static mapping of that type that holds all of [phys, phys + size), or NULL. */
struct static_vm *find_static_vm_paddr(phys_addr_t phys, size_t size, unsigned int mtype);

/* The static mapping, or the address range kept, that holds the address; or NULL. */
struct static_vm *find_static_vm_vaddr(const void *addr);

/* The first address behind it. */
unsigned long static_vm_end(const struct static_vm *svm);
