/* SPDX-License-Identifier: MIT */
/*
 * What an I/O mapping is made of on arm, and what it cannot reach.
 * Linux counterpart: arch/arm/mm/ioremap.c
 */
#include <kernel/lib/macros.h>
#include <mm/ioremap.h>
#include <mm/vmap_range.h>

static int map_pages(unsigned long addr, phys_addr_t phys, unsigned long size, const struct mem_type *type)
{
	return ioremap_page_range(addr, addr + size, phys, type->prot_pte);
}

static void unmap_pages(unsigned long addr, unsigned long size)
{
	vunmap_range(addr, addr + size);
}

const struct leaf_type leaf_types[] = {
	{ "small page", PAGE_SIZE, 0, 0, map_pages, unmap_pages },
};

/* A page's descriptor has 32 bits of physical address. */
const char *arch_ioremap_refusal(phys_addr_t phys, size_t size)
{
	if (upper_32_bits(phys + size - 1))
		return "pages reach physical addresses below 4 GiB only";
	return NULL;
}
