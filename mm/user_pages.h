/* SPDX-License-Identifier: MIT */
/*
 * Declares the steps that fill, clear, protect, move and copy the pages of a program's areas.
 *
 * They change page tables and count pages; the list of areas (mm/vma.h) is the caller's. Ranges are
 * whole pages of user space. Process context; mm is current's, or no task runs in it yet.
 *
 * Linux counterpart: mm/memory.c, mm/mprotect.c, mm/mremap.c
 */
#pragma once

#include <mm/address_space.h>

/*
 * Maps new zeroed pages at [start, end), where no page is mapped, as vm_flags say. Returns 0, or
 * -ENOMEM with nothing mapped.
 */
int populate_range(struct mm_struct *mm, unsigned long start, unsigned long end,
		   unsigned long vm_flags);

/* Unmaps and frees the pages of an area's part [start, end). Holes are skipped. */
void unmap_range(struct mm_struct *mm, unsigned long start, unsigned long end);

/* Gives the pages that are mapped in [start, end) the rights of vm_flags. */
void protect_range(struct mm_struct *mm, unsigned long start, unsigned long end,
		   unsigned long vm_flags);

/* Makes the page tables for [start, end), so that move_range() cannot fail. 0 or -ENOMEM. */
int prepare_tables(struct mm_struct *mm, unsigned long start, unsigned long end);

/* Moves the pages at [from, from + len) to [to, to + len), where tables are and no page is. */
void move_range(struct mm_struct *mm, unsigned long from, unsigned long to, unsigned long len,
		unsigned long vm_flags);

/* Maps in mm copies of the pages that old has in this area. 0, or -ENOMEM with nothing mapped. */
int copy_range(struct mm_struct *mm, struct mm_struct *old, const struct vm_area_struct *vma);

/* The page at addr, or NULL. */
struct page *follow_page(struct mm_struct *mm, unsigned long addr);

/* Frees all page tables below the first level. No page is mapped, and the TLB is clean. */
void free_pgtables(struct mm_struct *mm);
