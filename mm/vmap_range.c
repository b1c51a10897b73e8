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

/* Finds the same entry. Returns false when a table is missing. */
static __always_inline bool find_pte(unsigned long addr, pte_t **ptep)
{
	pgd_t *pgdp = pgd_offset_k(addr);
	pud_t *pudp;
	pmd_t *pmdp;

	if (pgd_none(*pgdp))
		return false;
	pudp = pud_offset(pgdp, addr);
	if (pud_none(*pudp))
		return false;
	pmdp = pmd_offset(pudp, addr);
	if (pmd_none(*pmdp))
		return false;
	*ptep = pte_offset_kernel(pmdp, addr);
	return true;
}

/* Fills the range up to a missing table or an entry in use. Returns the address of that, or end. */
static __always_inline unsigned long fill_range(unsigned long addr, unsigned long end,
						struct map_source *source)
{
	unsigned long next;
	pte_t *first;

	for (; addr != end && find_pte(addr, &first); addr = next) { /* once for each last table */
		const pte_t *stop, *filled;

		next = pmd_addr_end(addr, end);
		stop = first + ((next - addr) >> PAGE_SHIFT);
		filled = source->pages ? map_pages(first, stop, source)
				       : map_run(first, stop, source);
		if (filled != stop)
			return addr + ((filled - first) << PAGE_SHIFT);
	}
	return addr;
}

/*
 * Fills the rest of [start, end), from the address at which fill_range() stopped. On an error,
 * clears what this mapping has filled, and nothing else: an entry in use belongs to another one.
 */
static noinline int fill_rest(unsigned long start, unsigned long addr, unsigned long end,
			      struct map_source source)
{
	int err = 0;

	while (!err && addr != end) {
		pte_t *ptep = alloc_pte(addr);

		BUG_ON(ptep && !pte_none(*ptep) && !source.busy_error);
		if (!ptep)
			err = -ENOMEM;
		else if (!pte_none(*ptep))
			err = source.busy_error;
		else
			addr = fill_range(addr, end, &source);
	}
	if (err)
		vunmap_range(start, addr);
	else
		flush_cache_vmap(start, end);
	return err;
}

/* Inlined, because each caller has one kind of source. */
static __always_inline int map_range(unsigned long addr, unsigned long end,
				     struct map_source source)
{
	unsigned long reached;

	BUG_ON(addr >= end);
	reached = fill_range(addr, end, &source);
	if (reached != end)
		return fill_rest(addr, reached, end, source);
	flush_cache_vmap(addr, end); /* once for the range, not once for each entry */
	return 0;
}

int ioremap_page_range(unsigned long addr, unsigned long end, phys_addr_t phys, pgprot_t prot)
{
	struct map_source source = { .pfn = phys >> PAGE_SHIFT, .prot = prot };

	return map_range(addr, end, source);
}

int vmap_pages_range(unsigned long addr, unsigned long end, pgprot_t prot, struct page **pages,
		     unsigned int page_shift)
{
	struct map_source source = { .pages = pages, .prot = prot, .busy_error = -EBUSY };

	if (WARN_ON(page_shift != PAGE_SHIFT))
		return -EINVAL;
	return map_range(addr, end, source);
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
		next = pmd_addr_end(addr, end);
		if (pmd_leaf(*pmdp))
			pmd_clear(pmdp);
		else if (!pmd_none(*pmdp))
			unmap_pte_range(pmdp, addr, next);
	} while (pmdp++, addr = next, addr != end);
}

/* vunmap_range_noflush(), inlined. */
static __always_inline void clear_range(unsigned long addr, unsigned long end)
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

void vunmap_range_noflush(unsigned long addr, unsigned long end)
{
	clear_range(addr, end);
}

void vunmap_range(unsigned long addr, unsigned long end)
{
	flush_cache_vunmap(addr, end); /* while the addresses still translate */
	clear_range(addr, end);
	/* Not earlier: a walk that still finds an entry caches it in the TLB again. */
	flush_tlb_kernel_range(addr, end);
}
