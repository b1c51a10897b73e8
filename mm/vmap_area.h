/* SPDX-License-Identifier: MIT */
/*
 * Declares the place of an area in the address space, and the tree and list of all places.
 *
 * A vmap_area is a range that has an owner. What no area covers is free. Each is the member `area`
 * of its owner's record, struct vm_struct; the calls for it are in mm/vmalloc.h. The tree and the
 * list are here for code that reads them.
 *
 * vmap_area_lock guards them and every record's flags. It is never held while memory is allocated,
 * and never taken in an interrupt.
 *
 * Linux counterpart: include/linux/vmalloc.h, mm/vmalloc.c (where a second tree holds free areas)
 */
#pragma once

#include <kernel/base/spinlock.h>
#include <kernel/lib/list.h>
#include <kernel/lib/rbtree.h>
#include <kernel/lib/types.h>

/* The range [va_start, va_end), whole pages, not empty. */
struct vmap_area {
	unsigned long va_start;
	unsigned long va_end;
	struct rb_node rb_node;        /* of vmap_area_root */
	struct list_head list;         /* of vmap_area_list */
	unsigned long subtree_max_gap; /* bytes: the largest gap behind an area of the subtree */
};

extern spinlock_t vmap_area_lock;
extern struct rb_root vmap_area_root;   /* all areas, by address */
extern struct list_head vmap_area_list; /* the same areas, ascending */

/* The allocator's note of where it has placed an area last; NULL: unknown. */
extern struct vmap_area *vmap_area_hint;

/*
 * Inserts an area at its own addresses, which are free and have no other record inside. Under
 * vmap_area_lock.
 */
void insert_vmap_area(struct vmap_area *va);

/* Returns the area that contains addr, or NULL. Under vmap_area_lock. */
static inline struct vmap_area *find_vmap_area(unsigned long addr)
{
	struct rb_node *node = vmap_area_root.rb_node;

	while (node) {
		struct vmap_area *va = rb_entry(node, struct vmap_area, rb_node);

		if (addr < va->va_start)
			node = node->rb_left;
		else if (addr >= va->va_end)
			node = node->rb_right;
		else
			return va;
	}
	return NULL;
}

/* Returns the last area that starts at or below addr, or NULL. Under vmap_area_lock. */
static inline struct vmap_area *find_vmap_area_below(unsigned long addr)
{
	struct rb_node *node = vmap_area_root.rb_node;
	struct vmap_area *found = NULL;

	while (node) {
		struct vmap_area *va = rb_entry(node, struct vmap_area, rb_node);

		if (addr >= va->va_start)
			found = va;
		node = addr >= va->va_start ? node->rb_right : node->rb_left;
	}
	return found;
}
