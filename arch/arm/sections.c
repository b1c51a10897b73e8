/* SPDX-License-Identifier: MIT */
/*
 * Sections and supersections. The entries are init_mm's; the change is counted in vmalloc_seq, and
 * the address space that is active now gets its copy at once, so that an access after iounmap()
 * faults at once, too.
 *
 * A supersection is 16 equal descriptors, for the walker looks up one of them by 12 bits of the
 * address without knowing that there are others. Its descriptor has room for 40 bits of address
 * because it has no domain.
 *
 * Source: ARMv7-A Arm ARM (DDI 0406) B3.5.1, figure B3-4 and table B3-1.
 * Linux counterpart: arch/arm/mm/ioremap.c, where a displaced table is freed before the flush, and
 * a supersection reaches 36 bits.
 */
#include <asm/cacheflush.h>
#include <asm/mmu_context.h>
#include <asm/tlbflush.h>
#include <kernel/lib/list.h>
#include <kernel/sched/sched.h>
#include <mm/address_space.h>
#include <mm/page.h>
#include <mm/pgalloc.h>

#include "sections.h"

/* Empties the pair for addr; a table that it led to goes on the list. */
static void detach_pair(unsigned long addr, struct list_head *tables)
{
	pmd_t *pair = pmd_off_k(addr);

	if (pmd_none(*pair))
		return;
	if (!pmd_leaf(*pair))
		list_add(&virt_to_page(pte_offset_kernel(pair, 0))->lru, tables);
	pmd_clear(pair);
	arch_sync_kernel_mappings(addr);
}

static void free_tables(struct list_head *tables)
{
	struct page *page, *next;

	list_for_each_entry_safe(page, next, tables, lru)
		pte_free_kernel(page_address(page));
}

void unmap_area_sections(unsigned long addr, unsigned long size)
{
	unsigned long end = addr + (size & ~(PMD_SIZE - 1)), pos;
	LIST_HEAD(tables);

	flush_cache_vunmap(addr, end);
	for (pos = addr; pos < end; pos += PMD_SIZE)
		detach_pair(pos, &tables);
	check_vmalloc_seq(current->active_mm);
	flush_tlb_kernel_range(addr, end);
	free_tables(&tables);
}

/* Both halves of each pair get what make() says for them. */
static void fill_pairs(unsigned long addr, phys_addr_t phys, unsigned long size, pmdval_t prot,
		       pmd_t (*make)(phys_addr_t phys, pmdval_t prot))
{
	unsigned long end = addr + size, pos;

	unmap_area_sections(addr, size);
	for (pos = addr; pos < end; pos += PMD_SIZE, phys += PMD_SIZE) {
		pmd_t *pair = pmd_off_k(pos);

		set_pmd(&pair[0], make(phys, prot));
		set_pmd(&pair[1], make(phys + SECTION_SIZE, prot));
		arch_sync_kernel_mappings(pos);
	}
	check_vmalloc_seq(current->active_mm);
	flush_cache_vmap(addr, end);
}

static pmd_t make_section(phys_addr_t phys, pmdval_t prot)
{
	return __pmd(__section_entry(phys, prot));
}

/* All 16 descriptors of one supersection are equal: the bits below its size do not count. */
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
