/* SPDX-License-Identifier: MIT */
/*
 * Declares static mappings, which a machine makes at boot at addresses of its choice and keeps.
 *
 * ioremap() returns a pointer into one when it can. iounmap() leaves them mapped. vmallocinfo lists
 * them, without a guard page. Their records are areas of boot (VM_EARLY). Boot makes them on one
 * processor, and nothing changes them afterwards, so there is no lock.
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

/* Adds a static mapping to the areas, and to the look-up below. From boot. */
void add_static_vm_early(struct vm_struct *vm);

/*
 * Reserves [addr, addr + size), whole pages: nothing is mapped there and nothing will be;
 * vmallocinfo lists it for caller. From boot, after memblock and before vmalloc_init().
 */
void vm_reserve_area_early(unsigned long addr, unsigned long size, const void *caller);

/*
 * Reserves the unused half of each section pair at the borders of [addr, end), because no other
 * mapping can use it; on arm64 there are none. iotable_init() calls it for each row when all are
 * mapped, so two halves of one pair must be in one table. In arch/arm/create_mapping.c and
 * arch/arm64/mmu.c.
 */
void fill_pmd_gaps(unsigned long addr, unsigned long end);

/*
 * arm64 only: maps a range by the largest leaves that both addresses and size, whole pages, allow.
 * The static mappings and the linear map are made by it. From paging_init(). Panics when memblock
 * has no page left for a table. In arch/arm64/mmu.c.
 */
void map_early_range(unsigned long addr, phys_addr_t phys, unsigned long size, pgprot_t prot);

/* --- Looking them up: from any context --- */

/* By physical address, ascending. The bounds are copies: a search reads nothing else. */
extern struct static_vm {
	phys_addr_t first, last; /* bytes */
	struct vm_struct *vm;
} static_vms[];
extern unsigned int nr_static_vms;

/* The addresses among which all static mappings lie. Most others need no search. */
extern struct static_space {
	unsigned long start, size; /* kernel addresses */
	phys_addr_t last;          /* of the physical addresses */
} static_space;

/*
 * Returns the static mapping of that type that contains all of [phys, phys + size). NULL when there
 * is none, when size is 0 or when the range wraps.
 */
static inline struct vm_struct *find_static_vm_paddr(phys_addr_t phys, size_t size,
						     unsigned int mtype)
{
	const struct static_vm *row = static_vms, *end = row + nr_static_vms;

	if (phys > static_space.last)
		return NULL;
	for (; row < end && row->first <= phys; row++) {
		/* No end is computed, which could wrap. Size 0 is the largest number here. */
		if (phys <= row->last && size - 1 <= row->last - phys &&
		    (row->vm->flags & VM_ARM_MTYPE_MASK) == VM_ARM_MTYPE(mtype))
			return row->vm;
	}
	return NULL;
}

/* Whether a kernel address lies in a static mapping. */
static inline bool is_static_mapping(unsigned long addr)
{
	const struct static_vm *row;

	if (addr - static_space.start >= static_space.size)
		return false;
	for (row = static_vms + nr_static_vms; row-- > static_vms;)
		if (addr - (unsigned long)row->vm->addr < row->vm->size)
			return true;
	return false;
}
