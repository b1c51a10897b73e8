/* SPDX-License-Identifier: MIT */
/*
 * Maps one row of a machine's table of static mappings. A pair is mapped by sections where address,
 * physical address and length are multiples of 1 MiB, else by pages.
 *
 * All other code takes a pair for one entry, and a table of pages fills both halves. So where a
 * section fills only one half, an area of its own reserves the other.
 *
 * Linux counterpart: create_mapping() and fill_pmd_gaps() in arch/arm/mm/mmu.c
 */
#include <asm/cacheflush.h>
#include <asm/mem_type.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <mm/memblock.h>
#include <mm/mm_init.h>
#include <mm/pgalloc.h>
#include <mm/static_vm.h>

/* Descriptors of pages and sections have 32 bits of physical address. */
#define PHYS_LIMIT 0x100000000ULL

static pmd_t *__init half_of_pair(unsigned long addr)
{
	return pmd_off_k(addr) + (addr & SECTION_SIZE ? 1 : 0);
}

static void __init map_sections(unsigned long addr, unsigned long end, phys_addr_t phys,
				const struct mem_type *type)
{
	for (; addr != end; addr += SECTION_SIZE, phys += SECTION_SIZE) {
		pmd_t *half = half_of_pair(addr);

		if (!pmd_none(*half))
			panic("create_mapping: 0x%lx is mapped by pages already", addr);
		set_pmd(half, __pmd(__section_entry(phys, type->prot_sect)));
	}
}

static pte_t *__init early_pte_alloc(pmd_t *pair, unsigned long addr, unsigned int domain)
{
	void *table;

	if (pmd_leaf(pair[0]) || pmd_leaf(pair[1]))
		panic("create_mapping: 0x%lx lies in a pair that has a section", addr);
	if (pmd_none(*pair)) {
		table = memblock_alloc(PAGE_SIZE, PAGE_SIZE);
		if (!table)
			panic("create_mapping: no memory for a table page");
		__pmd_populate(pair, __pa(table), domain);
	}
	return pte_offset_kernel(pair, addr);
}

static void __init map_pages(unsigned long addr, unsigned long end, phys_addr_t phys,
			     const struct mem_type *type)
{
	for (; addr != end; addr += PAGE_SIZE, phys += PAGE_SIZE)
		set_pte(early_pte_alloc(pmd_off_k(addr), addr, type->domain),
			pfn_pte(phys >> PAGE_SHIFT, type->prot_pte));
}

void __init create_mapping(const struct map_desc *row)
{
	unsigned long addr = row->virtual, end = addr + row->length, next;
	phys_addr_t phys = (phys_addr_t)row->pfn << PAGE_SHIFT;
	const struct mem_type *type = get_mem_type(row->type);

	/* Cannot wrap: phys has 64 bits, and comes from a pfn of 32. */
	if (phys + row->length > PHYS_LIMIT)
		panic("create_mapping: 0x%llx is not below 4 GiB", phys);
	for (; addr != end; phys += next - addr, addr = next) {
		next = min((addr & PMD_MASK) + PMD_SIZE, end);
		if (IS_ALIGNED(addr | next | phys, SECTION_SIZE))
			map_sections(addr, next, phys, type);
		else
			map_pages(addr, next, phys, type);
	}
	flush_cache_vmap(row->virtual, end); /* the row is used before any other barrier */
}

/* Named as in Linux, because vmallocinfo shows this name for the area. */
static void __init pmd_empty_section_gap(unsigned long addr)
{
	if (!vm_area_overlaps(addr, addr + SECTION_SIZE))
		vm_reserve_area_early(addr, SECTION_SIZE, pmd_empty_section_gap);
}

static void __init fill_gap_at(unsigned long addr)
{
	unsigned long start = addr & PMD_MASK;
	pmd_t *pair = pmd_off_k(addr);

	if (pmd_leaf(pair[0]) && pmd_none(pair[1]))
		pmd_empty_section_gap(start + SECTION_SIZE);
	else if (pmd_none(pair[0]) && pmd_leaf(pair[1]))
		pmd_empty_section_gap(start);
}

void __init fill_pmd_gaps(unsigned long addr, unsigned long end)
{
	fill_gap_at(addr);
	fill_gap_at(end - 1);
}
