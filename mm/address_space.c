/* SPDX-License-Identifier: MIT */
/*
 * Builds, copies and frees whole address spaces of programs, and reaches into them from outside.
 *
 * A fork copies every page. Linux copies a page when one of the two programs writes to it.
 *
 * Linux counterpart: kernel/fork.c (dup_mm), mm/memory.c
 */

#include <asm/cacheflush.h>
#include <asm/mmu_context.h>
#include <kernel/base/bug.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <mm/address_space.h>
#include <mm/gfp.h>
#include <mm/highmem.h>
#include <mm/page.h>
#include <mm/pgalloc.h>
#include <mm/slab.h>
#include <mm/user_pages.h>
#include <mm/vma.h>
#include <mm/watermark.h>

struct mm_struct *mm_alloc(void)
{
	struct mm_struct *mm = kzalloc(sizeof(*mm), GFP_KERNEL);

	if (!mm)
		return NULL;
	spin_lock_init(&mm->lock);
	mm->users = 1;
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

struct mm_struct *mmget(struct mm_struct *mm)
{
	unsigned long flags;

	spin_lock_irqsave(&mm->lock, flags);
	mm->users++;
	spin_unlock_irqrestore(&mm->lock, flags);
	return mm;
}

static bool was_last_user(struct mm_struct *mm)
{
	unsigned long flags;
	bool last;

	spin_lock_irqsave(&mm->lock, flags);
	last = --mm->users == 0;
	spin_unlock_irqrestore(&mm->lock, flags);
	return last;
}

void mmput(struct mm_struct *mm)
{
	struct vm_area_struct *vma, *next;

	if (!mm || !was_last_user(mm))
		return;
	list_for_each_entry_safe(vma, next, &mm->areas, list) {
		unmap_vma(vma);
		vma_unlink(mm, vma);
		vma_free(vma);
	}
	WARN_ON(mm->anon_rss || mm->shmem_rss);
	destroy_context(mm); /* flush first: a walker may have cached where the tables are */
	free_pgtables(mm);
	pgd_free(mm, mm->pgd); /* last: free_pgtables() walks from it */
	kfree(mm);
}

/* The area as it is in the old address space, with its pages or copies of them. */
static int dup_vma(struct mm_struct *mm, struct vm_area_struct *old)
{
	struct vm_area_struct *vma = vma_alloc(mm, old);
	int error;

	if (!vma)
		return -ENOMEM;
	error = copy_vma_pages(vma, old);
	if (error) {
		vma_free(vma);
		return error;
	}
	vma_link(mm, vma);
	/* The copied code is in the data cache only; the child would execute old memory. */
	if (vma->vm_flags & VM_EXEC)
		flush_user_icache_range(mm, vma->vm_start, vma->vm_end - vma->vm_start);
	return 0;
}

struct mm_struct *dup_mm(struct mm_struct *old)
{
	struct vm_area_struct *vma;
	struct mm_struct *mm;

	if (!pages_to_start(old->anon_rss))
		return NULL;
	mm = mm_alloc();
	if (!mm)
		return NULL;
	mm->start_code = old->start_code;
	mm->end_code = old->end_code;
	mm->start_brk = old->start_brk;
	mm->brk = old->brk;
	mm->start_stack = old->start_stack;
	mm->arg_start = old->arg_start;
	mm->arg_end = old->arg_end;
	list_for_each_entry(vma, &old->areas, list) {
		if (dup_vma(mm, vma)) {
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
