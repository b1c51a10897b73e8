/* SPDX-License-Identifier: MIT */
/*
 * Declares what the mmap function of a driver or a file may put into an area.
 *
 * vma is the area that mmap() was given, where nothing is mapped yet. Process context. What fails
 * has mapped nothing.
 *
 * The first three map what is there already. A private area that may be written would need a copy
 * of each page; they refuse it with -EINVAL, and one that is read only stays so.
 *
 * Linux counterpart: include/linux/mm.h, include/linux/vmalloc.h
 */
#pragma once

#include <mm/address_space.h>

struct page;

/*
 * Maps device registers into all of the area, from physical page pfn on. They get the memory type
 * of ioremap(), and are never executable. Returns 0, -EPERM (the area may be executed), -EINVAL
 * (also for a range that the processor cannot name) or -ENOMEM. Linux takes bounds and a type, too.
 */
int io_remap_pfn_range(struct vm_area_struct *vma, unsigned long pfn);

/*
 * Maps pages[0..nr) from the start of the area on, which is not shorter. Each has a count
 * (mm/page_ref.h), and the area becomes one more owner. Returns 0, -EINVAL or -ENOMEM.
 */
int vm_insert_pages(struct vm_area_struct *vma, struct page **pages, unsigned long nr);

/*
 * Maps an area of vmalloc_user() from page pgoff of it on. vfree() may come before munmap(): each
 * page is freed when its last owner puts it. Returns 0, -EINVAL (addr is not such an area, or the
 * program's is longer than what is left of it) or -ENOMEM.
 */
int remap_vmalloc_range(struct vm_area_struct *vma, void *addr, unsigned long pgoff);

/* Maps copies of pages[0..nr), which are the area's own. Returns 0 or -ENOMEM. */
int vm_insert_copies(struct vm_area_struct *vma, struct page **pages, unsigned long nr);

/* Maps zeroed pages, the area's own or shared with the children. Returns 0 or -ENOMEM. */
int vm_insert_zeroes(struct vm_area_struct *vma);
