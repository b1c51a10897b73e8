/* SPDX-License-Identifier: MIT */
/*
 * Maps device registers, and pages that have an owner already, into the area of a program.
 *
 * Linux counterpart: mm/memory.c (remap_pfn_range, vm_insert_pages), mm/vmalloc.c
 * (remap_vmalloc_range)
 */
#include <asm/cacheflush.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <mm/highmem.h>
#include <mm/ioremap.h>
#include <mm/page.h>
#include <mm/page_ref.h>
#include <mm/remap.h>
#include <mm/user_pages.h>
#include <mm/vmalloc.h>
#include <mm/watermark.h>

/* What is there already cannot be private to a program that writes to it. */
static bool refuse_copy_on_write(struct vm_area_struct *vma)
{
	if (vma->vm_flags & VM_SHARED)
		return false;
	vma->vm_flags &= ~VM_MAYWRITE;
	return vma->vm_flags & VM_WRITE;
}

/* All entries are made: a program may come. Or not all: none may stay. */
static int finish(struct vm_area_struct *vma, int error)
{
	if (error) {
		unmap_vma(vma);
		return error;
	}
	flush_cache_vmap(vma->vm_start, vma->vm_end); /* or an access may still fault */
	vma->vm_flags |= VM_POPULATED;
	/* What the kernel wrote to these pages is in the data cache; a fetch would miss it. */
	if (vma->vm_flags & VM_EXEC)
		flush_user_icache_range(vma->vm_mm, vma->vm_start, vma->vm_end - vma->vm_start);
	return 0;
}

int io_remap_pfn_range(struct vm_area_struct *vma, unsigned long pfn)
{
	phys_addr_t end = PFN_PHYS(pfn) + (vma->vm_end - vma->vm_start);
	unsigned long addr;
	int error = 0;

	if (vma->vm_flags & VM_EXEC)
		return -EPERM; /* a processor fetches ahead, and a fetch may change a device */
	if (end > phys_addr_limit || end < PFN_PHYS(pfn) || refuse_copy_on_write(vma))
		return -EINVAL;
	vma->vm_flags = (vma->vm_flags & ~VM_MAYEXEC) | VM_IO | VM_PFNMAP | VM_DONTEXPAND;
	for (addr = vma->vm_start; addr < vma->vm_end && !error; addr += PAGE_SIZE)
		error = map_pfn(vma, addr, pfn++);
	return finish(vma, error);
}

int vm_insert_pages(struct vm_area_struct *vma, struct page **pages, unsigned long nr)
{
	unsigned long i;
	int error = 0;

	if (refuse_copy_on_write(vma))
		return -EINVAL;
	vma->vm_flags |= VM_MIXEDMAP | VM_DONTEXPAND;
	for (i = 0; i < nr && !error; i++) {
		get_page(pages[i]);
		error = map_pfn(vma, vma->vm_start + i * PAGE_SIZE, page_to_pfn(pages[i]));
		if (error)
			put_page(pages[i]); /* no entry leads to it, so unmap_vma() will not */
	}
	return finish(vma, error);
}

int remap_vmalloc_range(struct vm_area_struct *vma, void *addr, unsigned long pgoff)
{
	struct vm_struct *area = find_vm_area(addr);

	if (!area || area->addr != addr || !(area->flags & VM_USERMAP))
		return -EINVAL;
	/* Not pgoff + vma_pages(vma) > nr_pages: that sum may wrap. */
	if (pgoff > area->nr_pages || vma_pages(vma) > area->nr_pages - pgoff)
		return -EINVAL;
	return vm_insert_pages(vma, area->pages + pgoff, vma_pages(vma));
}

int vm_insert_copies(struct vm_area_struct *vma, struct page **pages, unsigned long nr)
{
	unsigned long i;
	int error = -ENOMEM;

	if (pages_to_grow(nr))
		error = populate_vma_part(vma, nr * PAGE_SIZE);
	for (i = 0; i < nr && !error; i++)
		copy_highpage(follow_page(vma->vm_mm, vma->vm_start + i * PAGE_SIZE), pages[i]);
	return finish(vma, error);
}

int vm_insert_zeroes(struct vm_area_struct *vma)
{
	return finish(vma, pages_to_grow(vma_pages(vma)) ? populate_vma(vma) : -ENOMEM);
}
