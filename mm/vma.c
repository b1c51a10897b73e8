/* SPDX-License-Identifier: MIT */
/*
 * Keeps the list of a program's areas, ascending by address.
 *
 * A list is enough: a program here has ten areas or twenty, and a call looks at each of them once.
 *
 * Invariants: areas are not empty and do not overlap. mm->map_count is their number, mm->total_vm
 * their pages. Two areas of anonymous memory that meet differ in flags or name.
 *
 * Linux counterpart: mm/vma.c (there the areas are in a maple tree, for programs with thousands)
 */
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <mm/slab.h>
#include <mm/vma.h>

struct vm_area_struct *find_vma_intersection(struct mm_struct *mm, unsigned long start,
					     unsigned long end)
{
	struct vm_area_struct *vma;

	list_for_each_entry(vma, &mm->areas, list)
		if (start < vma->vm_end)
			return vma->vm_start < end ? vma : NULL;
	return NULL;
}

struct vm_area_struct *find_vma(struct mm_struct *mm, unsigned long addr)
{
	return find_vma_intersection(mm, addr, addr + 1);
}

struct vm_area_struct *vma_alloc(struct mm_struct *mm, const struct vm_area_struct *like)
{
	struct vm_area_struct *vma = NULL;

	if (mm->map_count < MAX_MAP_COUNT)
		vma = kmalloc(sizeof(*vma), GFP_KERNEL);
	if (!vma)
		return NULL;
	*vma = *like;
	vma->vm_mm = mm;
	if (vma->vm_ops)
		vma->vm_ops->open(vma);
	return vma;
}

void vma_free(struct vm_area_struct *vma)
{
	if (vma->vm_ops)
		vma->vm_ops->close(vma);
	kfree(vma);
}

void vma_link(struct mm_struct *mm, struct vm_area_struct *new)
{
	struct vm_area_struct *vma;
	unsigned long flags;

	spin_lock_irqsave(&mm->lock, flags);
	list_for_each_entry(vma, &mm->areas, list)
		if (vma->vm_start > new->vm_start)
			break;
	list_add_tail(&new->list, &vma->list); /* before that one; at the end when there is none */
	mm->map_count++;
	mm->total_vm += vma_pages(new);
	spin_unlock_irqrestore(&mm->lock, flags);
}

void vma_unlink(struct mm_struct *mm, struct vm_area_struct *vma)
{
	unsigned long flags;

	spin_lock_irqsave(&mm->lock, flags);
	list_del(&vma->list);
	mm->map_count--;
	mm->total_vm -= vma_pages(vma);
	spin_unlock_irqrestore(&mm->lock, flags);
}

/* Splits the area that contains addr and the byte before it, if there is one. */
static int split_at(struct mm_struct *mm, unsigned long addr)
{
	struct vm_area_struct *vma = find_vma(mm, addr), *upper;
	unsigned long flags;

	if (!vma || vma->vm_start == addr)
		return 0;
	upper = vma_alloc(mm, vma);
	if (!upper)
		return -ENOMEM;
	upper->vm_start = addr;
	upper->vm_pgoff += (addr - vma->vm_start) / PAGE_SIZE;
	/* Both steps under one lock, or a reader would see the upper part twice, or not at all. */
	spin_lock_irqsave(&mm->lock, flags);
	vma->vm_end = addr;
	list_add(&upper->list, &vma->list);
	mm->map_count++;
	spin_unlock_irqrestore(&mm->lock, flags);
	return 0;
}

/* Anonymous memory only, where no offset must continue. */
static bool can_join(const struct vm_area_struct *lower, const struct vm_area_struct *upper)
{
	return lower->vm_end == upper->vm_start && lower->vm_flags == upper->vm_flags &&
	       !lower->vm_ops && !upper->vm_ops && lower->name == upper->name;
}

void vma_join(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	struct vm_area_struct *vma, *next;
	unsigned long flags;

	spin_lock_irqsave(&mm->lock, flags);
	list_for_each_entry_safe(vma, next, &mm->areas, list) {
		if (&next->list == &mm->areas || vma->vm_end > end)
			break;
		if (vma->vm_end < start || !can_join(vma, next))
			continue;
		next->vm_start = vma->vm_start;
		list_del(&vma->list);
		mm->map_count--;
		vma_free(vma);
	}
	spin_unlock_irqrestore(&mm->lock, flags);
}

int vma_split(struct mm_struct *mm, unsigned long start, unsigned long end)
{
	int error = split_at(mm, start);

	if (!error)
		error = split_at(mm, end);
	if (error)
		vma_join(mm, start, end);
	return error;
}

unsigned long vma_find_gap(struct mm_struct *mm, unsigned long len)
{
	unsigned long top = USER_END;
	struct vm_area_struct *vma;

	list_for_each_entry_reverse(vma, &mm->areas, list) {
		if (vma->vm_end <= top && len <= top - vma->vm_end)
			return top - len;
		top = min(top, vma->vm_start);
	}
	/* Not top - len >= MMAP_MIN_ADDR: that difference may wrap. */
	return top >= MMAP_MIN_ADDR && len <= top - MMAP_MIN_ADDR ? top - len : 0;
}
