/* SPDX-License-Identifier: MIT */
/*
 * Declares the steps that fill, clear, protect, move and copy the pages of a program's areas.
 *
 * They change page tables and count pages; the list of areas (mm/vma.h) is the caller's. An area
 * need not be in the list: its vm_mm, place and flags say all. Process context; the mm is
 * current's, or no task runs in it yet.
 *
 * Linux counterpart: mm/memory.c, mm/mprotect.c, mm/mremap.c
 */
#pragma once

#include <mm/address_space.h>

/*
 * Maps new zeroed pages in all of the area, or in its first len bytes, where no page is mapped, and
 * marks it VM_POPULATED. Returns 0, or -ENOMEM with nothing mapped.
 */
int populate_vma(struct vm_area_struct *vma);
int populate_vma_part(struct vm_area_struct *vma, unsigned long len);

/* Unmaps the area's pages. Those that have no other owner are freed. */
void unmap_vma(struct vm_area_struct *vma);

/* Gives the pages of the area the rights that its flags name. */
void protect_vma(struct vm_area_struct *vma);

/* Makes the page tables for [start, end), so that move_vma_pages() cannot fail. 0 or -ENOMEM. */
int prepare_tables(struct mm_struct *mm, unsigned long start, unsigned long end);

/* Moves the pages at from to the area, which has its new place; there are tables and no pages. */
void move_vma_pages(struct vm_area_struct *vma, unsigned long from);

/*
 * Maps in vma what old has, an area of another mm: copies of its pages, or the pages themselves if
 * they are shared. Returns 0, or -ENOMEM with nothing mapped.
 */
int copy_vma_pages(struct vm_area_struct *vma, struct vm_area_struct *old);

/* Enters one page of vma, by number. Returns 0, or -ENOMEM. The caller orders it, and owns it. */
int map_pfn(struct vm_area_struct *vma, unsigned long addr, unsigned long pfn);

/* The page of RAM at addr, or NULL. */
struct page *follow_page(struct mm_struct *mm, unsigned long addr);

/* Frees all page tables below the first level. No page is mapped, and the TLB is clean. */
void free_pgtables(struct mm_struct *mm);
