/* SPDX-License-Identifier: MIT */
/*
 * Finds free ranges of kernel addresses, and the area that contains an address.
 *
 * The areas are in one red-black tree and in one list, both by address. Free space has no record:
 * it is the gap between two neighbours. Each node has the largest gap directly behind an area of
 * its subtree (subtree_max_gap). The search for the lowest gap that fits skips a subtree whose gaps
 * are too small. The space in front of the first area and behind the last one is not a gap of an
 * area. These two ends are checked separately, so a tree without gaps costs one comparison.
 *
 * Two aids keep the usual request cheap for any number of areas. The search starts where the last
 * one ended, when all gaps below are too small (last_search). And a mark of size 0, the frontier,
 * lies above the areas. An area placed below it changes only the short gap in front of the mark. It
 * does not change the largest gap of all, which is recorded in each node up to the root.
 *
 * The bounds of a request limit its result. So modules, in a range of their own, come from the same
 * tree.
 *
 * The range of an area becomes free only when no table and no TLB translates it. So an area is
 * first hidden, then unmapped and flushed, then removed from the tree.
 *
 * Linux counterpart: mm/vmalloc.c, alloc_vmap_area() and remove_vm_area(). Linux has a second tree
 * for free areas, keeps freed areas aside and flushes the TLB for many of them at once.
 */
#include <kernel/base/bug.h>
#include <kernel/base/hardirq.h>
#include <kernel/base/init.h>
#include <kernel/lib/bitops.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/rbtree_augmented.h>
#include <mm/gfp.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>

DEFINE_SPINLOCK(vmap_area_lock);
struct rb_root vmap_area_root = RB_ROOT;
LIST_HEAD(vmap_area_list);

/* --- Neighbours and gaps --- */

/* The area behind va, or the lowest one when va is NULL; NULL where there is none. */
static struct vmap_area *next_area(const struct vmap_area *va)
{
	struct list_head *next = va ? va->list.next : vmap_area_list.next;

	return next == &vmap_area_list ? NULL : list_entry(next, struct vmap_area, list);
}

/* The area in front of va; NULL for the first. */
static struct vmap_area *prev_area(const struct vmap_area *va)
{
	struct list_head *prev = va->list.prev;

	return prev == &vmap_area_list ? NULL : list_entry(prev, struct vmap_area, list);
}

/* Bytes between va and the next area. The open end behind the last area does not count. */
static unsigned long gap_behind(const struct vmap_area *va)
{
	const struct vmap_area *next = next_area(va);

	return next ? next->va_start - va->va_end : 0;
}

RB_DECLARE_CALLBACKS_MAX(static, gaps, struct vmap_area, rb_node, unsigned long, subtree_max_gap,
			 gap_behind)

static unsigned long largest_gap(const struct rb_node *node)
{
	return node ? rb_entry(node, struct vmap_area, rb_node)->subtree_max_gap : 0;
}

/* The last area that starts at or below addr, or NULL. */
static struct vmap_area *find_at_or_below(unsigned long addr)
{
	struct rb_node *node = vmap_area_root.rb_node;
	struct vmap_area *found = NULL;

	while (node) {
		struct vmap_area *va = rb_entry(node, struct vmap_area, rb_node);

		if (addr < va->va_start) {
			node = node->rb_left;
		} else {
			found = va;
			node = node->rb_right;
		}
	}
	return found;
}

/* The record of the area that contains addr, unless it is hidden; or NULL. */
static struct vm_struct *find_owner(const void *addr)
{
	struct vmap_area *va = find_at_or_below((unsigned long)addr);
	struct vm_struct *vm = va ? container_of(va, struct vm_struct, area) : NULL;

	if (!vm || (unsigned long)addr >= va->va_end || vm->flags & VM_UNINITIALIZED)
		return NULL;
	return vm;
}

/* --- Inserting and removing --- */

/* Inserts va directly behind prev, or in front of all areas when prev is NULL. */
static void insert_behind(struct vmap_area *prev, struct vmap_area *va)
{
	struct vmap_area *next = next_area(prev);
	struct rb_node *parent = NULL, **link = &vmap_area_root.rb_node;

	/* If prev has a right subtree, its first node is next, which has no left child. */
	if (prev && !prev->rb_node.rb_right) {
		parent = &prev->rb_node;
		link = &parent->rb_right;
	} else if (next) {
		parent = &next->rb_node;
		link = &parent->rb_left;
	}
	list_add(&va->list, prev ? &prev->list : &vmap_area_list);
	rb_link_node(&va->rb_node, parent, link);
	va->subtree_max_gap = gap_behind(va);
	/* prev is among the ancestors. Its own gap is shorter, even if nothing below it changes. */
	gaps.propagate(parent, prev ? &prev->rb_node : NULL);
	if (prev)
		gaps.propagate(&prev->rb_node, NULL);
	rb_insert_augmented(&va->rb_node, &vmap_area_root, &gaps);
}

/* Where the last search ended. */
static struct {
	struct vmap_area *prev; /* the area behind which it found room; NULL: unknown */
	unsigned long hole;     /* no gap from VMALLOC_START to prev is as long as this */
} last_search;

static void erase_area(struct vmap_area *va)
{
	struct vmap_area *prev = prev_area(va);

	/* The gap below may be long enough now. */
	if (last_search.prev && va->va_start <= last_search.prev->va_start)
		last_search.prev = prev;
	/*
	 * The longer gap in front is recorded in the ancestors first, so that removing the node
	 * changes few of them. The node keeps its neighbours: it may be one of those ancestors.
	 */
	__list_del_entry(&va->list);
	if (prev)
		gaps.propagate(&prev->rb_node, NULL);
	rb_erase_augmented(&va->rb_node, &vmap_area_root, &gaps);
}

/* --- Finding room --- */

struct room {
	unsigned long size, align;
	unsigned long start; /* not below this address, which is not 0 */
	unsigned long hole;  /* a gap of this length fits, wherever it starts */
};

/* The lowest address for the room between two neighbours, or 0. NULL means an open end. */
static unsigned long fit_between(const struct vmap_area *prev, const struct vmap_area *next,
				 const struct room *room)
{
	unsigned long from = prev ? max(prev->va_end, room->start) : room->start;
	unsigned long to = next ? next->va_start : ~0UL;
	unsigned long addr = ALIGN(from, room->align);

	/* Past the top of the address space, ALIGN() gives 0. */
	return addr >= from && addr < to && to - addr >= room->size ? addr : 0;
}

static unsigned long fit_behind(const struct vmap_area *prev, const struct room *room)
{
	return fit_between(prev, next_area(prev), room);
}

/*
 * The area of the subtree with the lowest gap that fits, or NULL. A subtree that lies above
 * room->start and whose maximum reaches room->hole always has one. So the search fails only along
 * the one path down to room->start, and takes O(log n).
 */
static struct vmap_area *find_lowest_gap(struct rb_node *node, const struct room *room)
{
	for (; largest_gap(node) >= room->hole; node = node->rb_right) {
		struct vmap_area *va = rb_entry(node, struct vmap_area, rb_node), *lower;

		if (room->start < va->va_start && largest_gap(node->rb_left) >= room->hole) {
			lower = find_lowest_gap(node->rb_left, room);
			if (lower)
				return lower;
		}
		if (fit_behind(va, room))
			return va;
	}
	return NULL;
}

#define FRONTIER_STEP SZ_16M

/* The mark, as an area of size 0 that no look-up finds. */
static struct vm_struct frontier = { .flags = VM_EARLY | VM_UNINITIALIZED };

static void put_frontier(unsigned long addr)
{
	frontier.addr = (void *)addr;
	frontier.area.va_start = addr;
	frontier.area.va_end = addr;
}

/*
 * A search that ended at the mark or above treated it as an area. The lowest room may lie across
 * the mark; then the mark moves up. Returns the area behind which the lowest room is; NULL: the
 * front.
 */
static struct vmap_area *look_across_frontier(struct vmap_area *found, const struct room *room)
{
	struct vmap_area *mark = &frontier.area, *prev = prev_area(mark), *next = next_area(mark);
	unsigned long addr = fit_between(prev, next, room), end = addr + room->size;

	if (!addr || addr > mark->va_start)
		return found;
	if (end > mark->va_start) {
		put_frontier(next->va_start - end > FRONTIER_STEP ? end + FRONTIER_STEP
								  : next->va_start);
		gaps.propagate(&mark->rb_node, NULL);
		if (prev)
			gaps.propagate(&prev->rb_node, NULL);
		last_search.prev = NULL; /* a gap below it may have grown */
	}
	return prev;
}

/* The lowest area behind which there is room, or perhaps so: the last one. NULL: the front. */
static struct vmap_area *find_room(const struct room *room)
{
	struct vmap_area *first = next_area(NULL), *prev = last_search.prev;

	if (!first || (room->start < first->va_start && fit_behind(NULL, room)))
		return NULL;
	if (!prev || room->start != VMALLOC_START || room->hole < last_search.hole ||
	    !fit_behind(prev, room))
		prev = find_lowest_gap(vmap_area_root.rb_node, room);
	if (!prev)
		prev = list_last_entry(&vmap_area_list, struct vmap_area, list);
	if (frontier.addr && prev->va_start >= frontier.area.va_start)
		prev = look_across_frontier(prev, room);
	return prev;
}

/*
 * Inserts va at the lowest free range of size bytes inside [start, end) that starts at a multiple
 * of align. Returns false when there is none.
 */
static bool place_area(struct vmap_area *va, unsigned long size, unsigned long align,
		       unsigned long start, unsigned long end)
{
	/* Page 0 is never allocated, because address 0 means "none". */
	struct room room = { size, align, max(start, PAGE_SIZE), size + align - PAGE_SIZE };
	struct vmap_area *prev;
	unsigned long addr;

	if (room.hole < size) /* the sum wrapped: larger than any gap */
		return false;
	prev = find_room(&room);
	addr = fit_behind(prev, &room);
	if (!addr || addr >= end || end - addr < size) /* then so do all higher ones */
		return false;
	va->va_start = addr;
	va->va_end = addr + size;
	insert_behind(prev, va);
	if (room.start == VMALLOC_START) {
		last_search.prev = va;
		last_search.hole = room.hole;
	}
	return true;
}

/* --- Areas for callers --- */

unsigned long ioremap_align(unsigned long size)
{
	return 1UL << clamp(fls_long(size - 1), PAGE_SHIFT, IOREMAP_MAX_ORDER);
}

struct vm_struct *__get_vm_area_node(unsigned long size, unsigned long align, unsigned long flags,
				     unsigned long start, unsigned long end, gfp_t gfp,
				     const void *caller)
{
	struct vm_struct *vm;
	bool placed;

	BUG_ON(in_interrupt());
	size = PAGE_ALIGN(size);
	if (!size || WARN_ON(!is_power_of_2(align)))
		return NULL;
	align = flags & VM_IOREMAP ? ioremap_align(size) : max(align, PAGE_SIZE);
	if (!(flags & VM_NO_GUARD))
		size += PAGE_SIZE;
	if (!size) /* the guard page made it wrap: nothing would be reserved */
		return NULL;

	vm = kzalloc(sizeof(*vm), gfp);
	if (!vm)
		return NULL;
	vm->size = size;
	vm->flags = flags;
	vm->caller = caller;
	spin_lock(&vmap_area_lock);
	placed = place_area(&vm->area, size, align, start, end);
	vm->addr = (void *)vm->area.va_start; /* under the lock: a reader may see the area now */
	spin_unlock(&vmap_area_lock);
	if (placed)
		return vm;
	kfree(vm);
	return NULL;
}

struct vm_struct *__get_vm_area_caller(unsigned long size, unsigned long flags, unsigned long start,
				       unsigned long end, const void *caller)
{
	return __get_vm_area_node(size, 1, flags, start, end, GFP_KERNEL, caller);
}

struct vm_struct *get_vm_area_caller(unsigned long size, unsigned long flags, const void *caller)
{
	return __get_vm_area_caller(size, flags, VMALLOC_START, VMALLOC_END, caller);
}

struct vm_struct *find_vm_area(const void *addr)
{
	struct vm_struct *vm;

	spin_lock(&vmap_area_lock);
	vm = find_owner(addr);
	spin_unlock(&vmap_area_lock);
	return vm;
}

struct vm_struct *claim_vm_area(const void *addr, unsigned long kinds)
{
	struct vm_struct *vm;

	BUG_ON(in_interrupt());
	spin_lock(&vmap_area_lock);
	vm = find_owner(addr);
	if (vm && !(vm->flags & VM_EARLY)) {
		if (vm->addr == addr && (!kinds || vm->flags & kinds))
			vm->flags |= VM_UNINITIALIZED;
		else
			vm = NULL;
	}
	spin_unlock(&vmap_area_lock);
	return vm;
}

void release_vm_area(struct vm_struct *vm)
{
	spin_lock(&vmap_area_lock);
	erase_area(&vm->area);
	spin_unlock(&vmap_area_lock);
}

/* --- Boot: areas that are made before kmalloc works --- */

static bool vmalloc_ready;

bool __init vm_area_overlaps(unsigned long start, unsigned long end)
{
	const struct vmap_area *va = find_at_or_below(end - 1);

	return va && va->va_end > start;
}

void __init vm_area_add_early(struct vm_struct *vm)
{
	struct vmap_area *va = &vm->area;

	BUG_ON(vmalloc_ready);
	BUG_ON(!vm->size || !PAGE_ALIGNED(vm->addr) || !PAGE_ALIGNED(vm->size));
	va->va_start = (unsigned long)vm->addr;
	va->va_end = va->va_start + vm->size;
	BUG_ON(vm_area_overlaps(va->va_start, va->va_end));
	vm->flags |= VM_EARLY;
	insert_behind(find_at_or_below(va->va_start), va);
}

void __init vmalloc_init(void)
{
	struct room room = { FRONTIER_STEP, PAGE_SIZE, VMALLOC_START, FRONTIER_STEP };
	struct vmap_area *prev = find_room(&room), *next = next_area(prev);
	unsigned long addr = fit_behind(prev, &room);

	vmalloc_ready = true;
	/* Without an area above, the room is the open end, which needs no mark. */
	if (!addr || !next)
		return;
	put_frontier(addr + FRONTIER_STEP);
	insert_behind(prev, &frontier.area);
}
