/* SPDX-License-Identifier: MIT */
/*
 * Giving out the kernel's address space. Two red-black trees by address, busy and free, and a list
 * beside each. Together they tile the address space: an allocation cuts a piece out of a free
 * area, freeing puts it back and joins it with what is free on either side, so that free areas
 * never touch.
 *
 * Each node of the free tree knows the largest free area below it (subtree_max_size). The search
 * for the lowest address that fits looks into no subtree that is too small, and takes O(log n).
 *
 * The space includes what lies outside the vmalloc range, user space even: the bounds of a request
 * decide what it may get. That is how modules, in a range of their own, come from the same trees.
 *
 * Linux counterpart: mm/vmalloc.c, alloc_vmap_area() and what it calls. Linux keeps freed areas
 * aside and flushes the TLB for many at once; here the caller has flushed, and a free range is
 * free.
 */
#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/rbtree_augmented.h>
#include <mm/page.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>
#include <mm/vmap_area.h>

/* Page 0 belongs to nobody, so that address 0 can mean "none", nor does the last page. */
#define SPACE_START PAGE_SIZE
#define SPACE_END   (~0UL & PAGE_MASK)

DEFINE_SPINLOCK(vmap_area_lock);
struct rb_root vmap_area_root = RB_ROOT;
LIST_HEAD(vmap_area_list);
struct rb_root free_vmap_area_root = RB_ROOT;
LIST_HEAD(free_vmap_area_list);

static unsigned long va_size(const struct vmap_area *va)
{
	return va->va_end - va->va_start;
}

RB_DECLARE_CALLBACKS_MAX(static, free_augment, struct vmap_area, rb_node, unsigned long,
			 subtree_max_size, va_size)

/* --- Both trees --- */

/* A place in a tree and in the list beside it, where nothing stands yet. */
struct place {
	struct rb_node *parent, **link;
	struct list_head *prev; /* the list entry in front of it */
};

/* Where an area that starts at addr belongs. Nothing in the tree overlaps it. */
static struct place find_place(struct rb_root *root, struct list_head *head, unsigned long addr)
{
	struct place place = { .link = &root->rb_node, .prev = head };

	while (*place.link) {
		struct vmap_area *va = rb_entry(*place.link, struct vmap_area, rb_node);

		place.parent = &va->rb_node;
		if (addr < va->va_start) {
			place.link = &va->rb_node.rb_left;
		} else {
			place.link = &va->rb_node.rb_right;
			place.prev = &va->list;
		}
	}
	return place;
}

static void link_area(struct vmap_area *va, const struct place *place)
{
	rb_link_node(&va->rb_node, place->parent, place->link);
	list_add(&va->list, place->prev);
}

/* --- The busy tree --- */

static void insert_busy(struct vmap_area *va)
{
	struct place place = find_place(&vmap_area_root, &vmap_area_list, va->va_start);

	link_area(va, &place);
	rb_insert_color(&va->rb_node, &vmap_area_root);
}

struct vmap_area *find_vmap_area(unsigned long addr)
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

struct vmap_area *unlink_vmap_area(unsigned long addr)
{
	struct vmap_area *va;

	spin_lock(&vmap_area_lock);
	va = find_vmap_area(addr);
	if (va) {
		rb_erase(&va->rb_node, &vmap_area_root);
		list_del(&va->list);
	}
	spin_unlock(&vmap_area_lock);
	return va;
}

/* --- The free tree --- */

static void insert_free_at(struct vmap_area *va, const struct place *place)
{
	link_area(va, place);
	va->subtree_max_size = 0; /* unlike any result: propagate() stops where nothing changes */
	free_augment.propagate(&va->rb_node, NULL);
	rb_insert_augmented(&va->rb_node, &free_vmap_area_root, &free_augment);
}

static void insert_free(struct vmap_area *va)
{
	struct place place = find_place(&free_vmap_area_root, &free_vmap_area_list, va->va_start);

	insert_free_at(va, &place);
}

static void remove_free(struct vmap_area *va)
{
	rb_erase_augmented(&va->rb_node, &free_vmap_area_root, &free_augment);
	list_del(&va->list);
	kfree(va);
}

/* New bounds for a free area, which do not change its place among the others. */
static void resize_free(struct vmap_area *va, unsigned long start, unsigned long end)
{
	va->va_start = start;
	va->va_end = end;
	free_augment.propagate(&va->rb_node, NULL);
}

static struct vmap_area *free_entry(struct list_head *entry)
{
	return entry == &free_vmap_area_list ? NULL : list_entry(entry, struct vmap_area, list);
}

void free_vmap_area(struct vmap_area *va)
{
	struct vmap_area *left, *right;
	struct place place;

	spin_lock(&vmap_area_lock);
	place = find_place(&free_vmap_area_root, &free_vmap_area_list, va->va_start);
	left = free_entry(place.prev);
	right = free_entry(place.prev->next);
	if (left && left->va_end != va->va_start)
		left = NULL;
	if (right && right->va_start != va->va_end)
		right = NULL;

	if (left && right) {
		unsigned long end = right->va_end;

		remove_free(right);
		resize_free(left, left->va_start, end);
	} else if (left) {
		resize_free(left, left->va_start, va->va_end);
	} else if (right) {
		resize_free(right, va->va_start, right->va_end);
	} else {
		insert_free_at(va, &place);
		va = NULL;
	}
	spin_unlock(&vmap_area_lock);
	kfree(va);
}

/* --- Finding room --- */

struct room {
	unsigned long size, align;
	unsigned long start; /* not below this address */
	unsigned long hole;  /* a free area of this length fits, wherever it starts */
};

/* The lowest address in va that fits, or 0. */
static unsigned long fit_in(const struct vmap_area *va, const struct room *room)
{
	unsigned long addr = ALIGN(max(va->va_start, room->start), room->align);

	/* Past the top, ALIGN() gives 0. */
	return addr < va->va_end && va->va_end - addr >= room->size ? addr : 0;
}

/*
 * The lowest free area of the subtree that fits. A subtree that lies above room->start and whose
 * maximum reaches room->hole has one for certain. So a look in vain is possible only along the one
 * path down to room->start, and the whole takes O(log n).
 *
 * The price: with an alignment above a page, a hole shorter than room->hole may be passed over
 * although it happens to lie right.
 */
static struct vmap_area *find_lowest(struct rb_node *node, const struct room *room)
{
	while (node) {
		struct vmap_area *va = rb_entry(node, struct vmap_area, rb_node), *lower;

		if (va->subtree_max_size < room->hole)
			return NULL;
		if (room->start < va->va_start) {
			lower = find_lowest(node->rb_left, room);
			if (lower)
				return lower;
		}
		if (fit_in(va, room))
			return va;
		node = node->rb_right;
	}
	return NULL;
}

/* Take [start, end) out of a free area. Returns what of rest was not needed for it. */
static struct vmap_area *carve(struct vmap_area *hole, unsigned long start, unsigned long end,
			       struct vmap_area *rest)
{
	unsigned long hole_end = hole->va_end;

	if (hole->va_start == start && hole_end == end) {
		remove_free(hole);
	} else if (hole->va_start == start) {
		resize_free(hole, end, hole_end);
	} else {
		resize_free(hole, hole->va_start, start);
		if (end < hole_end) {
			rest->va_start = end;
			rest->va_end = hole_end;
			insert_free(rest);
			return NULL;
		}
	}
	return rest;
}

int alloc_vmap_area(struct vm_struct *vm, unsigned long align, unsigned long start,
		    unsigned long end, gfp_t gfp)
{
	struct room room = { vm->size, align, start, vm->size + align - PAGE_SIZE };
	struct vmap_area *va, *hole, *rest;
	unsigned long addr = 0;

	if (room.hole < room.size) /* wrapped */
		return -ENOMEM;
	/*
	 * Nothing is allocated under the lock: have a record for the area and one for a rest
	 * ready.
	 */
	va = kmalloc(sizeof(*va), gfp);
	rest = kmalloc(sizeof(*rest), gfp);
	if (!va || !rest)
		goto out;

	spin_lock(&vmap_area_lock);
	hole = find_lowest(free_vmap_area_root.rb_node, &room);
	if (hole)
		addr = fit_in(hole, &room);
	if (addr >= end || end - addr < room.size)
		addr = 0;
	if (addr) {
		rest = carve(hole, addr, addr + room.size, rest);
		*va = (struct vmap_area){ .va_start = addr, .va_end = addr + room.size, .vm = vm };
		vm->addr = (void *)addr;
		insert_busy(va);
		va = NULL;
	}
	spin_unlock(&vmap_area_lock);
out:
	kfree(va);
	kfree(rest);
	return addr ? 0 : -ENOMEM;
}

/* --- Boot --- */

static void __init add_area(unsigned long start, unsigned long end, struct vm_struct *vm)
{
	struct vmap_area *va = kzalloc(sizeof(*va), GFP_NOWAIT);

	BUG_ON(!va);
	va->va_start = start;
	va->va_end = end;
	if (vm) {
		va->vm = vm;
		insert_busy(va);
	} else {
		insert_free(va);
	}
}

void __init vmap_area_init(struct vm_struct *early)
{
	unsigned long start, free = SPACE_START;

	for (; early; early = early->next) {
		start = (unsigned long)early->addr;
		add_area(start, start + early->size, early);
		if (free < start)
			add_area(free, start, NULL);
		free = start + early->size;
	}
	if (free < SPACE_END)
		add_area(free, SPACE_END, NULL);
}
