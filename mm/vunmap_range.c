/* SPDX-License-Identifier: MIT */
/*
 * The walk over a range of kernel addresses that clears it, whatever it is made of: pages, or whole
 * blocks. Nothing is freed here: the tables stay for the next mapping.
 *
 * Linux counterpart: vunmap_range() in mm/vmalloc.c
 */
#include <asm/cacheflush.h>
#include <asm/tlbflush.h>
#include <mm/pgalloc.h>
#include <mm/vmap_range.h>

static void unmap_pte_range(pmd_t *pmdp, unsigned long addr, unsigned long end)
{
	pte_t *ptep = pte_offset_kernel(pmdp, addr);

	for (; addr != end; ptep++, addr += PAGE_SIZE)
		if (!pte_none(*ptep))
			pte_clear(ptep);
}

static void unmap_pmd_range(pud_t *pudp, unsigned long addr, unsigned long end)
{
	pmd_t *pmdp = pmd_offset(pudp, addr);
	unsigned long next;

	for (; addr != end; pmdp++, addr = next) {
		next = pmd_addr_end(addr, end);
		if (pmd_leaf(*pmdp))
			pmd_clear(pmdp);
		else if (!pmd_none(*pmdp))
			unmap_pte_range(pmdp, addr, next);
	}
}

static void unmap_pud_range(pgd_t *pgdp, unsigned long addr, unsigned long end)
{
	pud_t *pudp = pud_offset(pgdp, addr);
	unsigned long next;

	for (; addr != end; pudp++, addr = next) {
		next = pud_addr_end(addr, end);
		if (pud_leaf(*pudp))
			pud_clear(pudp);
		else if (!pud_none(*pudp))
			unmap_pmd_range(pudp, addr, next);
	}
}

void vunmap_range_noflush(unsigned long addr, unsigned long end)
{
	pgd_t *pgdp = pgd_offset_k(addr);
	unsigned long next;

	for (; addr < end; pgdp++, addr = next) {
		next = pgd_addr_end(addr, end);
		if (!pgd_none(*pgdp))
			unmap_pud_range(pgdp, addr, next);
	}
}

void vunmap_range(unsigned long addr, unsigned long end)
{
	flush_cache_vunmap(addr, end);
	vunmap_range_noflush(addr, end);
	flush_tlb_kernel_range(addr, end);
}

/* The pmd entry of an address, if the tables above it are there. */
static pmd_t *find_pmd(unsigned long addr)
{
	pgd_t *pgdp = pgd_offset_k(addr);
	pud_t *pudp;

	if (pgd_none(*pgdp))
		return NULL;
	pudp = pud_offset(pgdp, addr);
	if (pud_none(*pudp) || pud_leaf(*pudp))
		return NULL;
	return pmd_offset(pudp, addr);
}

pte_t *kernel_pte(unsigned long addr)
{
	pmd_t *pmdp = find_pmd(addr);

	return pmdp && !pmd_none(*pmdp) && !pmd_leaf(*pmdp) ? pte_offset_kernel(pmdp, addr) : NULL;
}

bool kern_addr_valid(unsigned long addr)
{
	pmd_t *pmdp = find_pmd(addr);
	pte_t *ptep = kernel_pte(addr);

	if (addr < PTDUMP_START) /* the kernel's tables say nothing of it */
		return false;
	if (ptep)
		return pte_present(*ptep);
	if (pmdp)
		return pmd_leaf(pmdp[addr % PMD_SIZE / (PMD_SIZE / PMD_ENTRIES)]);
	return !pgd_none(*pgd_offset_k(addr)) && pud_leaf(*pud_offset(pgd_offset_k(addr), addr));
}
