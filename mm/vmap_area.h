/* SPDX-License-Identifier: MIT */
/*
 * Who owns which part of the kernel's address space: every page of it, except page 0, belongs to
 * exactly one vmap_area, which is either busy or free. A busy area points to the vm_struct that
 * says what it is for (mm/vmalloc.h); a free one counts in the search for room.
 *
 * vmap_area_lock guards everything here. It is never held while memory is allocated, and never
 * taken in an interrupt.
 *
 * Linux counterpart: include/linux/vmalloc.h, mm/vmalloc.c (with a lock a tree).
 */
#pragma once

#include <kernel/base/spinlock.h>
#include <kernel/lib/list.h>
#include <kernel/lib/rbtree.h>
#include <kernel/lib/types.h>

struct vm_struct;

/* The range [va_start, va_end). */
struct vmap_area {
	unsigned long va_start;
	unsigned long va_end;
	struct rb_node rb_node; /* of the busy or the free tree, by address */
	struct list_head list;  /* of the busy or the free list, by address */
	union {
		unsigned long subtree_max_size; /* free: the largest in the subtree, in bytes */
		struct vm_struct *vm;           /* busy: the owner */
	};
};

extern spinlock_t vmap_area_lock;
extern struct rb_root vmap_area_root;      /* busy */
extern struct list_head vmap_area_list;    /* busy */
extern struct rb_root free_vmap_area_root; /* augmented by subtree_max_size */
extern struct list_head free_vmap_area_list;

/*
 * Give vm the lowest free range of vm->size bytes inside [start, end) that starts at a multiple of
 * align (a power of two, at least a page; vm->size: whole pages, not 0). vm->addr is set and vm is
 * found by its addresses from then on. 0 or -ENOMEM, and then nothing has changed. Takes the
 * lock; may allocate as gfp says.
 */
int alloc_vmap_area(struct vm_struct *vm, unsigned long align, unsigned long start,
		    unsigned long end, gfp_t gfp);

/* The busy area that contains addr, or NULL. The caller holds the lock. */
struct vmap_area *find_vmap_area(unsigned long addr);

/*
 * Take the busy area that contains addr out of the busy tree; NULL when there is none. Nobody else
 * can find it or be given its range until the caller hands it to free_vmap_area(). Takes the lock.
 */
struct vmap_area *unlink_vmap_area(unsigned long addr);

/*
 * Return the range of an unlinked area to the free tree, joined with free neighbours; va is gone.
 * No translation of the range may be left, neither in the tables nor in a TLB. Takes the lock.
 */
void free_vmap_area(struct vmap_area *va);

/*
 * Boot, before any area is allocated: enter the owners of a list that is linked by next and
 * ascends, at the addresses they have; all the rest of the address space becomes free.
 */
void vmap_area_init(struct vm_struct *early);
