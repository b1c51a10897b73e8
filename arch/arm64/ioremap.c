/* SPDX-License-Identifier: MIT */
/*
 * What an I/O mapping is made of on arm64, and what it cannot reach.
 * Linux counterpart: arch/arm64/mm/ioremap.c
 */
#include <asm/sysreg.h>
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
	{ "page", PAGE_SIZE, 0, 0, map_pages, unmap_pages },
};

/* The physical address bits that the processor has, by ID_AA64MMFR0_EL1.PARange. */
static unsigned int phys_bits(void)
{
	static const u8 bits[] = { 32, 36, 40, 42, 44, 48 };
	unsigned int range = read_sysreg(id_aa64mmfr0_el1) & 0xf;

	return bits[min_t(unsigned int, range, ARRAY_SIZE(bits) - 1)];
}

const char *arch_ioremap_refusal(phys_addr_t phys, size_t size)
{
	if ((phys + size - 1) >> phys_bits())
		return "the processor has fewer physical address bits than that";
	return NULL;
}
