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

/* What is mapped next. Exactly one of the two sources is used. */
struct map_source {
	struct page **pages; /* the next page, or NULL: */
	unsigned long pfn;   /* the next frame of a physical run */
	pgprot_t prot;
	int busy_error; /* what an entry in use gives; 0: it is a BUG */
};

static unsigned long next_pfn(struct map_source *source)
{
	return source->pages ? page_to_pfn(*source->pages++) : source->pfn++;
}

static int map_pte_range(pmd_t *pmdp, unsigned long addr, unsigned long end,
			 struct map_source *source)
{
	pte_t *ptep = pte_alloc_kernel(pmdp, addr);

	if (!ptep)
		return -ENOMEM;
	for (; addr != end; ptep++, addr += PAGE_SIZE) {
		if (!pte_none(*ptep)) {
			BUG_ON(!source->busy_error);
			return source->busy_error;
		}
		set_pte(ptep, pfn_pte(next_pfn(source), source->prot));
	}
	return 0;
}

static int map_pmd_range(pud_t *pudp, unsigned long addr, unsigned long end,
			 struct map_source *source)
{
	pmd_t *pmdp = pmd_alloc(pudp, addr);
	unsigned long next;
	int err = pmdp ? 0 : -ENOMEM;

	for (; !err && addr != end; pmdp++, addr = next) {
		next = pmd_addr_end(addr, end);
		err = map_pte_range(pmdp, addr, next, source);
	}
	return err;
}

static int map_pud_range(pgd_t *pgdp, unsigned long addr, unsigned long end,
			 struct map_source *source)
{
	pud_t *pudp = pud_alloc(pgdp, addr);
	unsigned long next;
	int err = pudp ? 0 : -ENOMEM;

	for (; !err && addr != end; pudp++, addr = next) {
		next = pud_addr_end(addr, end);
		err = map_pmd_range(pudp, addr, next, source);
	}
	return err;
}

static int map_range(unsigned long addr, unsigned long end, struct map_source *source)
{
	pgd_t *pgdp = pgd_offset_k(addr);
	unsigned long next;
	int err = 0;

	BUG_ON(addr >= end);
	for (; !err && addr != end; pgdp++, addr = next) {
		next = pgd_addr_end(addr, end);
		err = map_pud_range(pgdp, addr, next, source);
	}
	return err;
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
	flush_cache_vunmap(addr, end); /* while the addresses still translate */
	vunmap_range_noflush(addr, end);
	/* Not earlier: a walk that still finds an entry caches it in the TLB again. */
	flush_tlb_kernel_range(addr, end);
}
