/* SPDX-License-Identifier: MIT */
/*
 * Fills, clears, protects, moves and copies the pages of a program's areas.
 *
 * Pages are present from the start: there is no page fault that would bring them. A page that a
 * program may not touch at all is present too, by an entry that user mode cannot use.
 *
 * Invariant: a page of an area that is not shared belongs to this mm alone, at this one address. A
 * page that is shared counts its owners, and each entry that leads to it is one.
 *
 * Linux counterpart: mm/memory.c, mm/mprotect.c, mm/mremap.c, mm/mmu_gather.c
 */
#include <asm/cacheflush.h>
#include <asm/mmu_context.h>
#include <asm/tlbflush.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <mm/gfp.h>
#include <mm/highmem.h>
#include <mm/page.h>
#include <mm/page_ref.h>
#include <mm/pagewalk.h>
#include <mm/pgalloc.h>
#include <mm/user_pages.h>

/* The processor knows no right to write without reading, and none to execute without it. */
static pgprot_t vm_get_page_prot(unsigned long vm_flags)
{
	static const pgprot_t protection_map[VM_ACCESS_FLAGS + 1] = {
		[0] = PAGE_USER_NONE,
		[VM_READ] = PAGE_USER_RO,
		[VM_WRITE] = PAGE_USER_RW,
		[VM_WRITE | VM_READ] = PAGE_USER_RW,
		[VM_EXEC] = PAGE_USER_RX,
		[VM_EXEC | VM_READ] = PAGE_USER_RX,
		[VM_EXEC | VM_WRITE] = PAGE_USER_RWX,
		[VM_EXEC | VM_WRITE | VM_READ] = PAGE_USER_RWX,
	};
	pgprot_t prot = protection_map[vm_flags & VM_ACCESS_FLAGS];

	return vm_flags & VM_IO ? pgprot_device(prot) : prot;
}

static bool pages_are_shared(const struct vm_area_struct *vma)
{
	return vma->vm_flags & (VM_SHARED | VM_MIXEDMAP);
}

/* The count of the pages that an area like this one maps. */
static unsigned long *rss_counter(const struct vm_area_struct *vma)
{
	return pages_are_shared(vma) ? &vma->vm_mm->shmem_rss : &vma->vm_mm->anon_rss;
}

/* Returns the entry for addr and allocates missing tables; NULL without memory. */
static pte_t *alloc_pte(struct mm_struct *mm, unsigned long addr)
{
	pud_t *pud = pud_alloc(pgd_offset(mm, addr), addr);
	pmd_t *pmd = pud ? pmd_alloc(pud, addr) : NULL;

	return pmd ? pte_alloc(pmd, addr) : NULL;
}

struct page *follow_page(struct mm_struct *mm, unsigned long addr)
{
	pte_t *pte = lookup_pte(mm, addr);
	struct vm_area_struct *vma;

	if (!pte || !pte_present(*pte))
		return NULL;
	vma = find_vma(mm, addr);
	return vma && vma->vm_flags & VM_PFNMAP ? NULL : pfn_to_page(pte_pfn(*pte));
}

/* --- Unmapping: clear the entries, flush, free --- */

/* Pages that have lost their entry, but may still be in a TLB. They are freed after a flush. */
struct mmu_gather {
	const struct vm_area_struct *vma;
	unsigned int nr;
	struct page *pages[64]; /* the stack has room for these; one flush for as many */
};

static void tlb_flush_mmu(struct mmu_gather *tlb)
{
	unsigned int i;

	flush_tlb_mm(tlb->vma->vm_mm); /* first: no translation may lead to a page's new owner */
	if (pages_are_shared(tlb->vma))
		for (i = 0; i < tlb->nr; i++)
			put_page(tlb->pages[i]);
	else
		release_pages(tlb->pages, tlb->nr);
	*rss_counter(tlb->vma) -= tlb->nr;
	tlb->nr = 0;
}

static int zap_pte(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	struct mmu_gather *tlb = walk->private;

	if (!pte_present(*ptep))
		return 0;
	if (!(tlb->vma->vm_flags & VM_PFNMAP))
		tlb->pages[tlb->nr++] = pfn_to_page(pte_pfn(*ptep));
	pte_clear(ptep);
	if (tlb->nr == ARRAY_SIZE(tlb->pages))
		tlb_flush_mmu(tlb);
	return 0;
}

void unmap_vma(struct vm_area_struct *vma)
{
	static const struct mm_walk_ops ops = { .pte_entry = zap_pte };
	struct mmu_gather tlb;

	tlb.vma = vma; /* no initialiser: it would clear the array */
	tlb.nr = 0;
	walk_page_range(vma->vm_mm, vma->vm_start, vma->vm_end, &ops, &tlb);
	tlb_flush_mmu(&tlb);
}

/* --- Filling --- */

static void enter_page(struct vm_area_struct *vma, pte_t *pte, unsigned long pfn)
{
	set_pte(pte, pfn_pte(pfn, vm_get_page_prot(vma->vm_flags)));
	if (!(vma->vm_flags & VM_PFNMAP))
		++*rss_counter(vma);
}

int map_pfn(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn)
{
	pte_t *pte = alloc_pte(vma->vm_mm, addr);

	if (!pte)
		return -ENOMEM;
	enter_page(vma, pte, pfn);
	return 0;
}

/* A new page, mapped at addr, or NULL without memory. */
static struct page *map_new_page(struct vm_area_struct *vma, unsigned long addr, gfp_t gfp)
{
	pte_t *pte = alloc_pte(vma->vm_mm, addr);
	struct page *page = pte ? alloc_page(gfp) : NULL;

	if (!page)
		return NULL;
	if (pages_are_shared(vma))
		init_page_count(page);
	enter_page(vma, pte, page_to_pfn(page));
	return page;
}

int populate_vma_part(struct vm_area_struct *vma, unsigned long len)
{
	unsigned long addr, end = vma->vm_start + len;

	for (addr = vma->vm_start; addr < end; addr += PAGE_SIZE) {
		if (map_new_page(vma, addr, GFP_HIGHUSER | __GFP_ZERO))
			continue;
		unmap_vma(vma);
		return -ENOMEM;
	}
	flush_cache_vmap(vma->vm_start, end); /* or an access may fault, which ends the program */
	vma->vm_flags |= VM_POPULATED;
	return 0;
}

int populate_vma(struct vm_area_struct *vma)
{
	return populate_vma_part(vma, vma->vm_end - vma->vm_start);
}

static int copy_page(struct vm_area_struct *vma, unsigned long addr, struct page *from)
{
	struct page *page = map_new_page(vma, addr, GFP_HIGHUSER);

	if (!page)
		return -ENOMEM;
	copy_highpage(page, from);
	return 0;
}

static int copy_pte(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	struct vm_area_struct *vma = walk->private;
	unsigned long pfn = pte_pfn(*ptep);
	int error;

	if (!pte_present(*ptep))
		return 0;
	if (!pages_are_shared(vma) && !(vma->vm_flags & VM_PFNMAP))
		return copy_page(vma, addr, pfn_to_page(pfn));
	error = map_pfn(vma, addr, pfn);
	if (!error && !(vma->vm_flags & VM_PFNMAP))
		get_page(pfn_to_page(pfn));
	return error;
}

int copy_vma_pages(struct vm_area_struct *vma, struct vm_area_struct *old)
{
	static const struct mm_walk_ops ops = { .pte_entry = copy_pte };
	int error = walk_page_range(old->vm_mm, old->vm_start, old->vm_end, &ops, vma);

	if (error)
		unmap_vma(vma);
	else
		flush_cache_vmap(vma->vm_start, vma->vm_end); /* as in populate_vma_part() */
	return error;
}

/* --- Changing what is there --- */

/* From valid to valid: only the rights differ, and for that the architecture asks no break. */
static int protect_pte(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	const pgprot_t *prot = walk->private;

	if (pte_present(*ptep))
		set_pte(ptep, pfn_pte(pte_pfn(*ptep), *prot));
	return 0;
}

void protect_vma(struct vm_area_struct *vma)
{
	static const struct mm_walk_ops ops = { .pte_entry = protect_pte };
	pgprot_t prot = vm_get_page_prot(vma->vm_flags);

	walk_page_range(vma->vm_mm, vma->vm_start, vma->vm_end, &ops, &prot);
	flush_tlb_mm(vma->vm_mm); /* or the program goes on with the rights it had */
}

int prepare_tables(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	unsigned long addr;

	for (addr = start; addr < end; addr = pmd_addr_end(addr, end))
		if (!alloc_pte(mm, addr))
			return -ENOMEM;
	return 0;
}

/* Each entry is cleared before the other one is made: no page has two addresses. */
void move_vma_pages(struct vm_area_struct *vma, unsigned long from)
{
	unsigned long addr;
	pte_t *old, entry;

	for (addr = vma->vm_start; addr < vma->vm_end; addr += PAGE_SIZE, from += PAGE_SIZE) {
		old = lookup_pte(vma->vm_mm, from);
		if (!old || !pte_present(*old))
			continue;
		entry = *old;
		pte_clear(old);
		set_pte(lookup_pte(vma->vm_mm, addr), entry);
	}
	flush_tlb_mm(vma->vm_mm); /* the old place may get other pages, as soon as this returns */
}

/* --- Tables --- */

static void free_table(void *table, enum pgtable_level level, struct mm_walk *walk)
{
	if (level == PGTABLE_LEVEL_PTE)
		pte_free_kernel(table);
	else if (level == PGTABLE_LEVEL_PMD)
		pmd_free(table);
	else
		pud_free(table);
}

void free_pgtables(struct mm_struct *mm)
{
	static const struct mm_walk_ops ops = { .leave_table = free_table };

	walk_page_range(mm, 0, TASK_SIZE, &ops, NULL);
}
