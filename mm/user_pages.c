/* SPDX-License-Identifier: MIT */
/*
 * Fills, clears, protects, moves and copies the pages of a program's areas.
 *
 * Pages are present from the start: there is no page fault that would bring them. A page that a
 * program may not touch at all is present too, by an entry that user mode cannot use.
 *
 * Invariant: a user page belongs to exactly one mm, at exactly one address, inside one of its
 * areas. mm->anon_rss counts them.
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

	return protection_map[vm_flags & VM_ACCESS_FLAGS];
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

	return pte && pte_present(*pte) ? pfn_to_page(pte_pfn(*pte)) : NULL;
}

/* --- Unmapping: clear the entries, flush, free --- */

/* Pages that have lost their entry, but may still be in a TLB. They are freed after a flush. */
struct mmu_gather {
	struct mm_struct *mm;
	unsigned int nr;
	struct page *pages[64]; /* the stack has room for these; one flush for as many */
};

static void tlb_flush_mmu(struct mmu_gather *tlb)
{
	flush_tlb_mm(tlb->mm); /* first: no translation may lead to a page with a new owner */
	release_pages(tlb->pages, tlb->nr);
	tlb->mm->anon_rss -= tlb->nr;
	tlb->nr = 0;
}

static int zap_pte(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	struct mmu_gather *tlb = walk->private;

	if (!pte_present(*ptep))
		return 0;
	tlb->pages[tlb->nr++] = pfn_to_page(pte_pfn(*ptep));
	pte_clear(ptep);
	if (tlb->nr == ARRAY_SIZE(tlb->pages))
		tlb_flush_mmu(tlb);
	return 0;
}

void unmap_range(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	static const struct mm_walk_ops ops = { .pte_entry = zap_pte };
	struct mmu_gather tlb;

	tlb.mm = mm; /* no initialiser: it would clear the array */
	tlb.nr = 0;
	walk_page_range(mm, start, end, &ops, &tlb);
	tlb_flush_mmu(&tlb);
}

/* --- Filling --- */

/* A new page, mapped at addr, or NULL without memory. */
static struct page *map_new_page(struct mm_struct *mm, unsigned long addr, pgprot_t prot, gfp_t gfp)
{
	pte_t *pte = alloc_pte(mm, addr);
	struct page *page = pte ? alloc_page(gfp) : NULL;

	if (!page)
		return NULL;
	set_pte(pte, pfn_pte(page_to_pfn(page), prot));
	mm->anon_rss++;
	return page;
}

int populate_range(struct mm_struct *mm, unsigned long start, unsigned long end,
		   unsigned long vm_flags)
{
	pgprot_t prot = vm_get_page_prot(vm_flags);
	unsigned long addr;

	for (addr = start; addr < end; addr += PAGE_SIZE) {
		if (map_new_page(mm, addr, prot, GFP_HIGHUSER | __GFP_ZERO))
			continue;
		unmap_range(mm, start, addr);
		return -ENOMEM;
	}
	flush_cache_vmap(start, end); /* or an access may still fault, which ends the program */
	return 0;
}

/* What copy_page() needs besides the entry of the old page. */
struct copy_target {
	struct mm_struct *mm;
	pgprot_t prot;
};

static int copy_page(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	const struct copy_target *target = walk->private;
	struct page *page;

	if (!pte_present(*ptep))
		return 0;
	page = map_new_page(target->mm, addr, target->prot, GFP_HIGHUSER);
	if (!page)
		return -ENOMEM;
	copy_highpage(page, pfn_to_page(pte_pfn(*ptep)));
	return 0;
}

int copy_range(struct mm_struct *mm, struct mm_struct *old, const struct vm_area_struct *vma)
{
	static const struct mm_walk_ops ops = { .pte_entry = copy_page };
	struct copy_target target = { .mm = mm, .prot = vm_get_page_prot(vma->vm_flags) };
	int error = walk_page_range(old, vma->vm_start, vma->vm_end, &ops, &target);

	if (error)
		unmap_range(mm, vma->vm_start, vma->vm_end);
	else
		flush_cache_vmap(vma->vm_start, vma->vm_end); /* as in populate_range() */
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

void protect_range(struct mm_struct *mm, unsigned long start, unsigned long end,
		   unsigned long vm_flags)
{
	static const struct mm_walk_ops ops = { .pte_entry = protect_pte };
	pgprot_t prot = vm_get_page_prot(vm_flags);

	walk_page_range(mm, start, end, &ops, &prot);
	flush_tlb_mm(mm); /* or the program goes on with the rights it had */
}

int prepare_tables(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	unsigned long addr;

	for (addr = start; addr < end; addr = pmd_addr_end(addr, end))
		if (!alloc_pte(mm, addr))
			return -ENOMEM;
	return 0;
}

void move_range(struct mm_struct *mm, unsigned long from, unsigned long to, unsigned long len,
		unsigned long vm_flags)
{
	pgprot_t prot = vm_get_page_prot(vm_flags);
	unsigned long offset;
	struct page *page;

	for (offset = 0; offset < len; offset += PAGE_SIZE) {
		page = follow_page(mm, from + offset);
		if (!page)
			continue;
		pte_clear(lookup_pte(mm, from + offset));
		set_pte(lookup_pte(mm, to + offset), pfn_pte(page_to_pfn(page), prot));
	}
	flush_tlb_mm(mm); /* the old address may get other pages, as soon as this returns */
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
