/* SPDX-License-Identifier: MIT */
/*
 * Sections and supersections: I/O mappings made of first-level descriptors. They are written to
 * init_mm's table. When a range is done, they are copied to the active address space. So an access
 * there needs no fault to fetch them, and an access after iounmap() faults at once.
 *
 * A supersection is 16 equal descriptors, because the walker reads only the one that bits 31:20 of
 * the address select. Its descriptor has no domain, so it has room for 40 bits of address.
 *
 * Source: ARMv7-A Arm ARM (DDI 0406) B3.5.1, figure B3-4 and table B3-1.
 * Linux counterpart: arch/arm/mm/ioremap.c, where a displaced table is freed before the flush, and
 * a supersection reaches 36 bits.
 */
#include <asm/cacheflush.h>
#include <asm/mmu_context.h>
#include <asm/tlbflush.h>
#include <kernel/base/bug.h>
#include <mm/pgalloc.h>

#include "sections.h"

/* Frees the table that an earlier mapping by pages left in the pair. It is empty by now. */
static void displace_table(pmd_t *pair, unsigned long addr)
{
	pte_t *table = pte_offset_kernel(pair, 0);

	BUG_ON(pmd_leaf(*pair));
	pmd_clear(pair);
	sync_kernel_entries(addr, addr + PMD_SIZE); /* or a walk finds the table in the copy */
	/* A walker may have cached the table's address: drop it before the page is free. */
	flush_tlb_kernel_range(addr, addr + PMD_SIZE);
	pte_free_kernel(table); /* Linux frees it before the flush */
}

/*
 * Writes the descriptors of make() to both halves of each pair. Inlined, because a call through a
 * pointer would cost more than the descriptor.
 */
static __always_inline void fill_pairs(unsigned long addr, phys_addr_t phys, unsigned long size,
				       pmdval_t prot,
				       pmd_t (*make)(phys_addr_t phys, pmdval_t prot))
{
	unsigned long end = addr + size, pos;
	pmd_t *pair = pmd_off_k(addr);

	for (pos = addr; pos < end; pos += PMD_SIZE, phys += PMD_SIZE, pair += 2) {
		if (!pmd_none(*pair))
			displace_table(pair, pos);
		set_pmd(&pair[0], make(phys, prot));
		set_pmd(&pair[1], make(phys + SECTION_SIZE, prot));
	}
	sync_kernel_entries(addr, end); /* once for the range, not once for each pair */
	flush_cache_vmap(addr, end);    /* or the driver's first access may fault */
}

static pmd_t make_section(phys_addr_t phys, pmdval_t prot)
{
	return __pmd(__section_entry(phys, prot));
}

/* All 16 descriptors of a supersection are equal, so address bits below its size are cleared. */
static pmd_t make_supersection(phys_addr_t phys, pmdval_t prot)
{
	return __pmd(__supersection_entry(phys & ~(phys_addr_t)(SUPERSECTION_SIZE - 1), prot));
}

int remap_area_sections(unsigned long addr, phys_addr_t phys, unsigned long size,
			const struct mem_type *type)
{
	fill_pairs(addr, phys, size, type->prot_sect, make_section);
	return 0;
}

int remap_area_supersections(unsigned long addr, phys_addr_t phys, unsigned long size,
			     const struct mem_type *type)
{
	fill_pairs(addr, phys, size, type->prot_sect, make_supersection);
	return 0;
}

void unmap_area_sections(unsigned long addr, unsigned long size)
{
	unsigned long end = addr + (size & ~(PMD_SIZE - 1)), pos;
	pmd_t *pair = pmd_off_k(addr);

	flush_cache_vunmap(addr, end);
	for (pos = addr; pos < end; pos += PMD_SIZE, pair += 2)
		pmd_clear(pair);
	/* Both copies are cleared first: a walk after the flush would cache what it finds. */
	sync_kernel_entries(addr, end);
	flush_tlb_kernel_range(addr, end);
}
