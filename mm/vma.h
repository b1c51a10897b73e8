/* SPDX-License-Identifier: MIT */
/*
 * Declares the list of a program's areas: finding, placing, splitting and joining them.
 *
 * These functions change the list alone. Pages and page tables are the caller's business.
 *
 * All calls: process context, and mm is current's, or not in use yet. Only its own task changes the
 * list, so that task reads it without mm->lock. Other tasks read it with the lock held.
 *
 * Linux counterpart: mm/vma.h
 */
#pragma once

#include <mm/address_space.h>

/* The most areas of one program. A list is walked with interrupts off, which must have an end. */
#define MAX_MAP_COUNT 4096

/* The first area that contains a byte of [start, end), or NULL. */
struct vm_area_struct *find_vma_intersection(struct mm_struct *mm, unsigned long start,
					     unsigned long end);

/*
 * A record for a new area of mm, otherwise equal to *like, and in no list. NULL without memory, or
 * when the program has MAX_MAP_COUNT areas. vma_free() is for a record that is in no list. Both
 * tell the owner of the mapped file by vm_ops.
 */
struct vm_area_struct *vma_alloc(struct mm_struct *mm, const struct vm_area_struct *like);
void vma_free(struct vm_area_struct *vma);

/* Puts an area into the list, which has none there, and takes it out again. */
void vma_link(struct mm_struct *mm, struct vm_area_struct *vma);
void vma_unlink(struct mm_struct *mm, struct vm_area_struct *vma);

/*
 * Splits the areas that contain the borders, so that each area lies inside [start, end) or outside.
 * Returns 0, or -ENOMEM with nothing changed.
 */
int vma_split(struct mm_struct *mm, unsigned long start, unsigned long end);

/* Joins the areas that meet inside [start, end], or at its ends, and differ in nothing. */
void vma_join(struct mm_struct *mm, unsigned long start, unsigned long end);

/*
 * The highest address of len free bytes, whole pages, below the stack; 0 when no gap is as long.
 */
unsigned long vma_find_gap(struct mm_struct *mm, unsigned long len);
