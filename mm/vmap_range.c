/* SPDX-License-Identifier: MIT */
/*
 * Fills and clears the page table entries of a range of kernel addresses.
 *
 * Both walk pgd -> pud -> pmd -> pte. Each table above the last is looked up once, not once for
 * each leaf. There are two kinds of mapping. They differ only in the source of the next page: a run
 * of physical addresses (ioremap) or an array of pages (vmap).
 *
 * Invariant: an entry changes from empty to mapped and from mapped to empty, never from one mapping
 * to another. So a new mapping needs no TLB flush, and an old one is flushed before the range
 * changes owner (break before make). Clearing frees no table: they stay for the next mapping, or
 * until memory is short (watermark.h).
 *
 * Linux counterpart: mm/vmalloc.c (vmap_range_noflush, vmap_pages_range_noflush, vunmap_range)
 */
#include <asm/cacheflush.h>
#include <asm/tlbflush.h>
#include <kernel/base/bug.h>
#include <kernel/lib/errno.h>
#include <mm/page.h>
#include <mm/pgalloc.h>
#include <mm/vmap_range.h>

/* --- Filling --- */

/* What is mapped next, with prot: pages[] where it is given, else the physical run from pfn on. */
struct map_source {
	struct page **pages;
	unsigned long pfn;
	pgprot_t prot;
	int busy_error; /* what an entry in use gives; 0: it is a BUG */
};

/* Each fills the entries from ptep up to stop, or to the first one in use, and returns its end. */
static __always_inline pte_t *map_pages(pte_t *ptep, const pte_t *stop, struct map_source *source)
{
	for (; ptep != stop && pte_none(*ptep); ptep++)
		set_pte(ptep, pfn_pte(page_to_pfn(*source->pages++), source->prot));
	return ptep;
}

static __always_inline pte_t *map_run(pte_t *ptep, const pte_t *stop, struct map_source *source)
{
	pte_t *first = ptep, pte = pfn_pte(source->pfn, source->prot);

	for (; ptep != stop && pte_none(*ptep); ptep++, pte = pte_next_pfn(pte))
		set_pte(ptep, pte);
	source->pfn += ptep - first;
	return ptep;
}

/* The entry for addr in its last table. Allocates what is missing; NULL without memory. */
static noinline pte_t *alloc_pte(unsigned long addr)
{
	pud_t *pudp = pud_alloc(pgd_offset_k(addr), addr);
	pmd_t *pmdp = pudp ? pmd_alloc(pudp, addr) : NULL;

	return pmdp ? pte_alloc_kernel(pmdp, addr) : NULL;
}

/* The same, but looks first, because the tables of an earlier mapping are usually still there. */
static __always_inline pte_t *walk_to_pte(unsigned long addr)
{
	pgd_t *pgdp = pgd_offset_k(addr);
	pud_t *pudp;
	pmd_t *pmdp;

	if (pgd_none(*pgdp))
		return alloc_pte(addr);
	pudp = pud_offset(pgdp, addr);
	if (pud_none(*pudp))
		return alloc_pte(addr);
	pmdp = pmd_offset(pudp, addr);
	return pmd_none(*pmdp) ? alloc_pte(addr) : pte_offset_kernel(pmdp, addr);
}

/* Inlined, because each caller fills from one kind of source. */
static __always_inline int map_range(unsigned long addr, unsigned long end,
				     struct map_source *source)
{
	unsigned long next;

	BUG_ON(addr >= end);
	do { /* once for each last table */
		pte_t *ptep = walk_to_pte(addr);
		const pte_t *stop;

		if (!ptep)
			return -ENOMEM;
		next = pmd_addr_end(addr, end);
		stop = ptep + ((next - addr) >> PAGE_SHIFT);
		ptep = source->pages ? map_pages(ptep, stop, source) : map_run(ptep, stop, source);
		if (ptep != stop) {
			BUG_ON(!source->busy_error);
			return source->busy_error;
		}
	} while (addr = next, addr != end);
	return 0;
}

int ioremap_page_range(unsigned long addr, unsigned long end, phys_addr_t phys, pgprot_t prot)
{
	struct map_source source = { .pfn = phys >> PAGE_SHIFT, .prot = prot };
	int err = map_range(addr, end, &source);

	if (err) /* the part that was mapped must not stay in an area that is freed */
		vunmap_range(addr, end);
	else
		flush_cache_vmap(addr, end); /* once for the range, not once for each entry */
	return err;
}

int vmap_pages_range(unsigned long addr, unsigned long end, pgprot_t prot, struct page **pages,
		     unsigned int page_shift)
{
	struct map_source source = { .pages = pages, .prot = prot, .busy_error = -EBUSY };
	int err;

	if (WARN_ON(page_shift != PAGE_SHIFT))
		return -EINVAL;
	err = map_range(addr, end, &source);
	if (err) /* only what this call mapped: an entry in use belongs to another mapping */
		vunmap_range(addr, addr + (source.pages - pages) * PAGE_SIZE);
	else
		flush_cache_vmap(addr, end);
	return err;
}

/* --- Clearing --- */

static __always_inline void unmap_pte_range(pmd_t *pmdp, unsigned long addr, unsigned long end)
{
	pte_t *ptep = pte_offset_kernel(pmdp, addr);
	const pte_t *stop = ptep + ((end - addr) >> PAGE_SHIFT);

	for (; ptep != stop; ptep++)
		pte_clear(ptep); /* also where nothing was mapped: that is cheaper than to look */
}

static __always_inline void unmap_pmd_range(pud_t *pudp, unsigned long addr, unsigned long end)
{
	pmd_t *pmdp = pmd_offset(pudp, addr);
	unsigned long next;

	do {
		/* Where the pud is folded, it has one pmd, and end is the end of both. */
		next = PUD_SHIFT == PMD_SHIFT ? end : pmd_addr_end(addr, end);
		if (pmd_leaf(*pmdp))
			pmd_clear(pmdp);
		else if (!pmd_none(*pmdp))
			unmap_pte_range(pmdp, addr, next);
	} while (pmdp++, addr = next, addr != end);
}

__always_inline void vunmap_range_noflush(unsigned long addr, unsigned long end)
{
	unsigned long next;

	for (; addr < end; addr = next) { /* once for each table above the last ones */
		pgd_t *pgdp = pgd_offset_k(addr);
		pud_t *pudp;

		next = pud_addr_end(addr, end);
		if (pgd_none(*pgdp))
			continue;
		pudp = pud_offset(pgdp, addr);
		if (pud_leaf(*pudp))
			pud_clear(pudp);
		else if (!pud_none(*pudp))
			unmap_pmd_range(pudp, addr, next);
	}
}

void vunmap_range(unsigned long addr, unsigned long end)
{
	flush_cache_vunmap(addr, end); /* while the addresses still translate */
	vunmap_range_noflush(addr, end);
	/* Not earlier: a walk that still finds an entry caches it in the TLB again. */
	flush_tlb_kernel_range(addr, end);
}
