/* SPDX-License-Identifier: MIT */
/*
 * Builds, copies and frees the address spaces of programs.
 *
 * Pages are present from the start. do_mmap() allocates, zeroes and maps every page of the new
 * area, and a fork copies every page. Linux does both at the first access. This costs memory and
 * time, but needs no page fault handler: a fault from user mode is always the program's error.
 *
 * Invariant: a user page belongs to exactly one mm, at exactly one address, inside one of its
 * areas.
 *
 * Linux counterpart: mm/mmap.c, mm/memory.c, kernel/fork.c (dup_mm)
 */

#include <asm/cacheflush.h>
#include <asm/mmu_context.h>
#include <asm/tlbflush.h>
#include <kernel/base/bug.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/sizes.h>
#include <kernel/lib/string.h>
#include <mm/address_space.h>
#include <mm/gfp.h>
#include <mm/highmem.h>
#include <mm/page.h>
#include <mm/pagewalk.h>
#include <mm/pgalloc.h>
#include <mm/slab.h>
#include <mm/watermark.h>

/* --- single pages --- */

static pgprot_t vm_get_page_prot(unsigned long vm_flags)
{
	if (vm_flags & VM_EXEC)
		return PAGE_USER_RX;
	return vm_flags & VM_WRITE ? PAGE_USER_RW : PAGE_USER_RO;
}

/* Returns the entry for addr and allocates missing tables; NULL without memory. */
static pte_t *alloc_pte(struct mm_struct *mm, unsigned long addr)
{
	pud_t *pud = pud_alloc(pgd_offset(mm, addr), addr);
	pmd_t *pmd = pud ? pmd_alloc(pud, addr) : NULL;

	return pmd ? pte_alloc(pmd, addr) : NULL;
}

/* The page at addr, or NULL. */
static struct page *follow_page(struct mm_struct *mm, unsigned long addr)
{
	pte_t *pte = lookup_pte(mm, addr);

	return pte && pte_present(*pte) ? pfn_to_page(pte_pfn(*pte)) : NULL;
}

static int map_new_page(struct mm_struct *mm, unsigned long addr, pgprot_t prot)
{
	struct page *page;
	pte_t *pte;

	pte = alloc_pte(mm, addr);
	if (!pte)
		return -ENOMEM;
	page = alloc_page(GFP_HIGHUSER | __GFP_ZERO);
	if (!page)
		return -ENOMEM;
	set_pte(pte, pfn_pte(page_to_pfn(page), prot));
	mm->total_vm++;
	return 0;
}

/* Clears the entry of a page, and puts the page on the caller's list. */
static int zap_pte(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	if (!pte_present(*ptep))
		return 0;
	list_add(&pfn_to_page(pte_pfn(*ptep))->lru, walk->private);
	pte_clear(ptep);
	walk->mm->total_vm--;
	return 0;
}

/* Clears the entries, flushes, then frees: no translation leads to a page that has a new owner. */
static void unmap_range(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	static const struct mm_walk_ops ops = { .pte_entry = zap_pte };
	struct page *page, *next;
	LIST_HEAD(pages);

	walk_page_range(mm, start, end, &ops, &pages);
	flush_tlb_mm(mm); /* once for all pages, which is why they wait on a list */
	list_for_each_entry_safe(page, next, &pages, lru)
		__free_page(page);
}

static int populate_range(struct mm_struct *mm, unsigned long start, unsigned long end,
			  pgprot_t prot)
{
	unsigned long addr;
	int error;

	for (addr = start; addr < end; addr += PAGE_SIZE) {
		error = map_new_page(mm, addr, prot);
		if (error) {
			unmap_range(mm, start, addr);
			return error;
		}
	}
	flush_cache_vmap(start, end); /* or an access may still fault, which ends the program */
	return 0;
}

/* --- areas --- */

struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma;

	list_for_each_entry(vma, &mm->areas, list)
		if (addr >= vma->vm_start && addr < vma->vm_end)
			return vma;
	return NULL;
}

static bool range_is_free(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma;

	list_for_each_entry(vma, &mm->areas, list)
		if (start < vma->vm_end && vma->vm_start < end)
			return false;
	return true;
}

/* Puts a filled-in area at its place in the order of addresses. */
static void insert_vma(struct mm_struct *mm, struct vm_area_struct *new)
{
	struct vm_area_struct *vma;
	unsigned long flags;

	spin_lock_irqsave(&mm->lock, flags);
	list_for_each_entry(vma, &mm->areas, list)
		if (vma->vm_start > new->vm_start)
			break;
	list_add_tail(&new->list, &vma->list);
	spin_unlock_irqrestore(&mm->lock, flags);
}

static void delete_vma(struct mm_struct *mm, struct vm_area_struct *vma)
{
	unsigned long flags;

	spin_lock_irqsave(&mm->lock, flags);
	list_del(&vma->list);
	spin_unlock_irqrestore(&mm->lock, flags);
	kfree(vma);
}

int do_mmap(struct mm_struct *mm, unsigned long addr, unsigned long len, unsigned long vm_flags,
	    const char *name)
{
	struct vm_area_struct *vma;
	int error;

	/* Not addr + len > TASK_SIZE: that sum may wrap. */
	if (!len || !IS_ALIGNED(addr | len, PAGE_SIZE) || addr > TASK_SIZE ||
	    len > TASK_SIZE - addr)
		return -EINVAL;
	if ((vm_flags & VM_WRITE) && (vm_flags & VM_EXEC))
		return -EINVAL;
	if (!range_is_free(mm, addr, addr + len))
		return -EEXIST;
	vma = kmalloc(sizeof(*vma), GFP_KERNEL);
	if (!vma)
		return -ENOMEM;
	error = populate_range(mm, addr, addr + len, vm_get_page_prot(vm_flags));
	if (error) {
		kfree(vma);
		return error;
	}
	*vma = (struct vm_area_struct){
		.vm_start = addr,
		.vm_end = addr + len,
		.vm_flags = vm_flags,
		.name = name,
	};
	insert_vma(mm, vma);
	return 0;
}

/* --- the heap: one area that starts at start_brk, absent while it is empty --- */

#define FIRST_HEAP SZ_64K

static int grow_heap(struct mm_struct *mm, unsigned long end, unsigned long new_end)
{
	struct vm_area_struct *heap = end > mm->start_brk ? find_vma(mm, mm->start_brk) : NULL;
	int error;

	if (!heap)
		return do_mmap(mm, end, new_end - end, VM_READ | VM_WRITE, "[heap]");
	if (!range_is_free(mm, end, new_end))
		return -EEXIST;
	error = populate_range(mm, end, new_end, vm_get_page_prot(heap->vm_flags));
	if (!error)
		heap->vm_end = new_end;
	return error;
}

static void shrink_heap(struct mm_struct *mm, unsigned long end, unsigned long new_end)
{
	struct vm_area_struct *heap = find_vma(mm, mm->start_brk);

	unmap_range(mm, new_end, end);
	if (new_end > mm->start_brk)
		heap->vm_end = new_end;
	else
		delete_vma(mm, heap);
}

/* The first pages of a heap count as part of the start: without them a program cannot run. */
static bool room_for_heap(struct mm_struct *mm, unsigned long end, unsigned long new_end)
{
	unsigned long nr = (new_end - end) / PAGE_SIZE;

	return new_end - mm->start_brk <= FIRST_HEAP ? pages_to_start(nr) : pages_to_grow(nr);
}

unsigned long do_brk(struct mm_struct *mm, unsigned long brk)
{
	unsigned long end = ALIGN(mm->brk, PAGE_SIZE), new_end;

	if (brk < mm->start_brk || brk > USER_END)
		return mm->brk;
	new_end = ALIGN(brk, PAGE_SIZE); /* only now: ALIGN() of the highest addresses wraps to 0 */
	if (new_end > end && !room_for_heap(mm, end, new_end))
		return mm->brk;
	if (new_end > end && grow_heap(mm, end, new_end))
		return mm->brk;
	if (new_end < end)
		shrink_heap(mm, end, new_end);
	mm->brk = brk;
	return brk;
}

/* --- whole address spaces --- */

struct mm_struct *mm_alloc(void)
{
	struct mm_struct *mm = kzalloc(sizeof(*mm), GFP_KERNEL);

	if (!mm)
		return NULL;
	spin_lock_init(&mm->lock);
	INIT_LIST_HEAD(&mm->areas);
	mm->pgd = pgd_alloc(mm);
	if (!mm->pgd)
		goto free_mm;
	if (init_new_context(mm))
		goto free_pgd;
	return mm;

free_pgd:
	pgd_free(mm, mm->pgd);
free_mm:
	kfree(mm);
	return NULL;
}

static void free_table(void *table, enum pgtable_level level, struct mm_walk *walk)
{
	if (level == PGTABLE_LEVEL_PTE)
		pte_free_kernel(table);
	else if (level == PGTABLE_LEVEL_PMD)
		pmd_free(table);
	else
		pud_free(table);
}

/* The pages are freed already, and the TLB holds no translation of this mm. */
static void free_pgtables(struct mm_struct *mm)
{
	static const struct mm_walk_ops ops = { .leave_table = free_table };

	walk_page_range(mm, 0, TASK_SIZE, &ops, NULL);
}

void mmput(struct mm_struct *mm)
{
	struct vm_area_struct *vma, *next;

	if (!mm)
		return;
	list_for_each_entry_safe(vma, next, &mm->areas, list) {
		unmap_range(mm, vma->vm_start, vma->vm_end);
		delete_vma(mm, vma);
	}
	WARN_ON(mm->total_vm);
	destroy_context(mm); /* flush first: a walker may have cached where the tables are */
	free_pgtables(mm);
	pgd_free(mm, mm->pgd); /* last: free_pgtables() walks from it */
	kfree(mm);
}

/* Fills a page of the new address space from the old one's at the same address. */
static int copy_page(pte_t *ptep, unsigned long addr, unsigned long next, struct mm_walk *walk)
{
	copy_highpage(pfn_to_page(pte_pfn(*ptep)), follow_page(walk->private, addr));
	return 0;
}

static int dup_vma(struct mm_struct *mm, struct mm_struct *old, struct vm_area_struct *vma)
{
	static const struct mm_walk_ops ops = { .pte_entry = copy_page };
	int error;

	error = do_mmap(mm, vma->vm_start, vma->vm_end - vma->vm_start, vma->vm_flags, vma->name);
	if (error)
		return error;
	walk_page_range(mm, vma->vm_start, vma->vm_end, &ops, old);
	/* The copied code is in the data cache only; the child would execute old memory. */
	if (vma->vm_flags & VM_EXEC)
		flush_user_icache_range(mm, vma->vm_start, vma->vm_end - vma->vm_start);
	return 0;
}

struct mm_struct *dup_mm(struct mm_struct *old)
{
	struct vm_area_struct *vma;
	struct mm_struct *mm;

	if (!pages_to_start(old->total_vm))
		return NULL;
	mm = mm_alloc();
	if (!mm)
		return NULL;
	mm->start_code = old->start_code;
	mm->end_code = old->end_code;
	mm->start_brk = old->start_brk;
	mm->brk = old->brk;
	mm->start_stack = old->start_stack;
	list_for_each_entry(vma, &old->areas, list) {
		if (dup_vma(mm, old, vma)) {
			mmput(mm);
			return NULL;
		}
	}
	return mm;
}

/* --- from outside, through the kernel's own mapping --- */

size_t access_remote_vm(struct mm_struct *mm, unsigned long addr, void *buf, size_t len,
			unsigned int gup_flags)
{
	size_t done = 0, offset, bytes;
	struct page *page;
	char *data;

	for (; done < len; done += bytes) {
		page = follow_page(mm, addr + done);
		if (!page)
			break;
		offset = (addr + done) % PAGE_SIZE;
		bytes = min_t(size_t, len - done, PAGE_SIZE - offset);
		data = (char *)kmap_local_page(page) + offset;
		if (gup_flags & FOLL_WRITE)
			memcpy(data, (char *)buf + done, bytes);
		else
			memcpy((char *)buf + done, data, bytes);
		kunmap_local(data);
	}
	return done;
}

void flush_user_icache_range(struct mm_struct *mm, unsigned long addr, size_t len)
{
	unsigned long end = addr + len;
	struct page *page;
	void *data;

	for (addr &= PAGE_MASK; addr < end; addr += PAGE_SIZE) {
		page = follow_page(mm, addr);
		if (!page)
			continue;
		/* The kernel's own address will do, because the data cache is physically tagged. */
		data = kmap_local_page(page);
		flush_icache_range((unsigned long)data, (unsigned long)data + PAGE_SIZE);
		kunmap_local(data);
	}
}
