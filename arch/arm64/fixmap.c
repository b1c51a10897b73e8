/* SPDX-License-Identifier: MIT */
/*
 * The fixmap's tables are part of the image. There is one page for each pud and pmd on the way, and
 * a bm_pte table for each 2 MiB that slots lie in. The device tree's window at the top is mapped by
 * two blocks instead.
 *
 * Linux counterpart: arch/arm64/mm/fixmap.c
 */
#include <asm/cacheflush.h>
#include <asm/tlbflush.h>
#include <kernel/base/init.h>
#include <mm/fixmap.h>

/* The slots that have a page entry: all but the device tree's. */
#define BM_START         (FIXADDR_TOT_START & PMD_MASK)
#define BM_END           (__fix_to_virt(FIX_FDT) & PMD_MASK)
#define NR_BM_PTE_TABLES ((BM_END - BM_START) / PMD_SIZE)

static pte_t bm_pte[NR_BM_PTE_TABLES][PTRS_PER_PTE] __aligned(PAGE_SIZE);
static pmd_t bm_pmd[PTRS_PER_PMD] __aligned(PAGE_SIZE);
static pud_t bm_pud[PTRS_PER_PUD] __aligned(PAGE_SIZE);

_Static_assert(BM_START / PUD_SIZE == FIXADDR_TOP / PUD_SIZE, "one pmd table serves the fixmap");
_Static_assert(BM_END % PMD_SIZE == 0 && BM_END == FIXADDR_TOP - FIX_FDT_SIZE,
	       "the device tree's window is made of whole blocks");
_Static_assert(__fix_to_virt(FIX_BTMAP_BEGIN) >= BM_START, "the boot-time slots have tables");

void __init early_fixmap_init(void)
{
	pgd_t *pgdp = pgd_offset_pgd(swapper_pg_dir, BM_START);
	unsigned long addr;
	unsigned int i;

	pgd_populate(pgdp, bm_pud);
	pud_populate(&bm_pud[pud_index(BM_START)], bm_pmd);
	for (i = 0, addr = BM_START; i < NR_BM_PTE_TABLES; i++, addr += PMD_SIZE)
		pmd_populate_kernel(&bm_pmd[pmd_index(addr)], bm_pte[i]);
	flush_cache_vmap(BM_START, FIXADDR_TOP); /* a walk finds the tables from here on */
}

static pte_t *fixmap_pte(unsigned long addr)
{
	return &bm_pte[(addr - BM_START) / PMD_SIZE][pte_index(addr)];
}

void __set_fixmap(enum fixed_addresses idx, phys_addr_t phys, pgprot_t prot)
{
	unsigned long addr = __fix_to_virt(idx);
	pte_t *ptep;

	BUG_ON(idx <= FIX_FDT || idx >= __end_of_fixed_addresses);
	ptep = fixmap_pte(addr);
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
	unsigned long window = __fix_to_virt(FIX_FDT);
	phys_addr_t base = phys & PMD_MASK;
	pmd_t *pmdp = &bm_pmd[pmd_index(window)];
	unsigned long size;

	if (!phys || phys & 7)
		return NULL;
	for (size = 0; size < FIX_FDT_SIZE; size += PMD_SIZE, pmdp++)
		set_pmd(pmdp, __pmd(__block_entry(base + size, PAGE_KERNEL_RO)));
	flush_cache_vmap(window, window + FIX_FDT_SIZE); /* the caller reads the tree at once */
	return (void *)(window + (unsigned long)(phys - base));
}
