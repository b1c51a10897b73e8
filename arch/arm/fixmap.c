/* SPDX-License-Identifier: MIT */
/*
 * The fixmap's tables are part of the image. There is a bm_pte page for each 2 MiB pair of
 * first-level entries that slots lie in. The second pair also holds the vectors page (mmu.c). The
 * device tree has a window of its own, made of sections.
 *
 * Linux counterpart: early_fixmap_init() and __set_fixmap() in arch/arm/mm/mmu.c
 */
#include <asm/cacheflush.h>
#include <asm/tlbflush.h>
#include <kernel/base/init.h>
#include <mm/fixmap.h>
#include <mm/pgalloc.h>

#define BM_START         (FIXADDR_START & PMD_MASK)
#define NR_BM_PTE_TABLES ((VECTORS_BASE - BM_START) / PMD_SIZE + 1)

static pte_t bm_pte[NR_BM_PTE_TABLES][PAGE_SIZE / sizeof(pte_t)] __aligned(PAGE_SIZE);

_Static_assert((VECTORS_BASE - BM_START) / PMD_SIZE < NR_BM_PTE_TABLES, "the vectors have a table");
_Static_assert(__fix_to_virt(FIX_BTMAP_BEGIN) >= BM_START, "the boot-time slots have tables");

void __init early_fixmap_init(void)
{
	unsigned int i;

	for (i = 0; i < NR_BM_PTE_TABLES; i++)
		pmd_populate_kernel(pmd_off_k(BM_START + i * PMD_SIZE), bm_pte[i]);
	flush_cache_vmap(BM_START, FIXADDR_END); /* a walk finds the tables from here on */
}

void __set_fixmap(enum fixed_addresses idx, phys_addr_t phys, pgprot_t prot)
{
	unsigned long addr = __fix_to_virt(idx);
	pte_t *ptep;

	BUG_ON(idx >= __end_of_fixed_addresses);
	ptep = pte_offset_kernel(pmd_off_k(addr), addr);
	if (!pgprot_val(prot)) {
		pte_clear(ptep);
		/* Without this flush the next user of the slot would still reach this page. */
		flush_tlb_kernel_range(addr, addr + PAGE_SIZE);
	} else if (!WARN(!pte_none(*ptep), "fixmap slot %d is in use", idx)) {
		set_pte(ptep, pfn_pte(phys >> PAGE_SHIFT, prot));
		flush_cache_vmap(addr, addr + PAGE_SIZE); /* or the first access may fault */
	}
}

void *__init fixmap_remap_fdt(phys_addr_t phys)
{
	phys_addr_t base = phys & SECTION_MASK;
	unsigned long window = FDT_FIXED_BASE, offset;

	if (!phys || phys & 7)
		return NULL;
	for (offset = 0; offset < FDT_FIXED_SIZE; offset += SECTION_SIZE) {
		pmd_t *pair = pmd_off_k(window + offset);

		set_pmd(&pair[(offset >> SECTION_SHIFT) & 1],
			__pmd(__section_entry(base + offset, PROT_SECT_ROM)));
	}
	flush_cache_vmap(window, window + FDT_FIXED_SIZE); /* the caller reads the tree at once */
	return (void *)(window + (unsigned long)(phys - base));
}
