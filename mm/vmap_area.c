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
 * lies above the areas. An area placed below it changes only the short gap in front of the mark,
 * and not the largest gap of all, which is recorded in each node up to the root.
 *
 * The bounds of a request limit its result: modules, in a range of their own, come from the same
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
static bool vmalloc_ready;

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
	const struct list_head *next = va->list.next;

	return next == &vmap_area_list
		       ? 0
		       : list_entry(next, struct vmap_area, list)->va_start - va->va_end;
}

RB_DECLARE_CALLBACKS_MAX(static, gaps, struct vmap_area, rb_node, unsigned long, subtree_max_gap,
			 gap_behind)

static unsigned long largest_gap(const struct rb_node *node)
{
	return node ? rb_entry(node, struct vmap_area, rb_node)->subtree_max_gap : 0;
}

/* --- Inserting and removing --- */

/* Updates the tree after the gap behind va has changed from `before` bytes. */
static void gap_changed(struct vmap_area *va, unsigned long before)
{
	unsigned long gap = gap_behind(va);

	if (gap > before)
		gaps_raise(&va->rb_node, gap);
	else
		gaps_lower(&va->rb_node, before);
}

/* Inserts va directly behind prev, or in front of all areas when prev is NULL. */
static void insert_behind(struct vmap_area *prev, struct vmap_area *va)
{
	struct vmap_area *next = next_area(prev);
	struct rb_node *parent = NULL, **link = &vmap_area_root.rb_node;
	unsigned long before = prev ? gap_behind(prev) : 0;

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
	gaps_raise(parent, va->subtree_max_gap);
	if (prev)
		gap_changed(prev, before);
	rb_insert_augmented(&va->rb_node, &vmap_area_root, &gaps);
}

/* Where the last search ended. */
static struct {
	struct vmap_area *prev; /* the area behind which it found room; NULL: unknown */
	unsigned long hole;     /* no gap from VMALLOC_START to prev is as long as this */
} last_search;

static __always_inline void erase_area(struct vmap_area *va)
{
	struct vmap_area *prev = prev_area(va);
	unsigned long before = prev ? gap_behind(prev) : 0;

	/* The gap below may be long enough now. */
	if (last_search.prev && va->va_start <= last_search.prev->va_start)
		last_search.prev = prev;
	/* The longer gap in front is recorded first, so that removing the node changes little. */
	__list_del_entry(&va->list);
	if (prev)
		gap_changed(prev, before);
	rb_erase_augmented(&va->rb_node, &vmap_area_root, &gaps);
}

/* --- Finding room --- */

/* A request for free space, and what find_room() found for it. */
struct room {
	unsigned long size, align;
	unsigned long start;    /* not below this address, which is not 0 */
	unsigned long hole;     /* a gap of this length fits, wherever it starts */
	struct vmap_area *prev; /* the area in front of the room; NULL: the room is in front */
	unsigned long addr;     /* where it starts; 0: there is none */
};

/* Looks between two neighbours, where NULL means an open end. Sets prev and addr. */
static bool fit_between(struct room *room, struct vmap_area *prev, const struct vmap_area *next)
{
	unsigned long from = prev && prev->va_end > room->start ? prev->va_end : room->start;
	unsigned long to = next ? next->va_start : ~0UL;
	unsigned long addr = ALIGN(from, room->align);

	room->prev = prev;
	/* Past the top of the address space, ALIGN() gives 0. */
	room->addr = addr >= from && addr < to && to - addr >= room->size ? addr : 0;
	return room->addr;
}

static bool fit_behind(struct room *room, struct vmap_area *prev)
{
	return fit_between(room, prev, next_area(prev));
}

/*
 * Looks for the lowest gap of the subtree that fits. A subtree that lies above room->start and
 * whose maximum reaches room->hole always has one. So the search fails only along the one path down
 * to room->start, and takes O(log n).
 */
static bool find_lowest_gap(struct room *room, struct rb_node *node)
{
	for (; largest_gap(node) >= room->hole; node = node->rb_right) {
		struct vmap_area *va = rb_entry(node, struct vmap_area, rb_node);

		if (room->start < va->va_start && largest_gap(node->rb_left) >= room->hole &&
		    find_lowest_gap(room, node->rb_left))
			return true;
		if (fit_behind(room, va))
			return true;
	}
	return false;
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
 * the mark; then the mark moves up.
 */
static void look_across_frontier(struct room *room)
{
	struct vmap_area *mark = &frontier.area, *prev = prev_area(mark), *next = next_area(mark);
	struct room across = *room;
	unsigned long end;

	if (!fit_between(&across, prev, next) || across.addr > mark->va_start)
		return;
	*room = across;
	end = across.addr + across.size;
	if (end <= mark->va_start)
		return;
	put_frontier(next->va_start - end > FRONTIER_STEP ? end + FRONTIER_STEP : next->va_start);
	gaps.propagate(&mark->rb_node, NULL);
	if (prev)
		gaps.propagate(&prev->rb_node, NULL);
	last_search.prev = NULL; /* a gap below it may have grown */
}

/*
 * When the gap behind the mark is used up, areas come to lie above the next ones. The mark then
 * moves into the gap behind va, the area above it that was placed last.
 */
static void hop_frontier(struct vmap_area *va)
{
	struct vmap_area *mark = &frontier.area;

	if (gap_behind(mark) || gap_behind(va) < FRONTIER_STEP)
		return;
	erase_area(mark);
	put_frontier(va->va_end + FRONTIER_STEP);
	insert_behind(va, mark);
}

/* Looks where the last search ended, which is enough when all lower gaps are too small. */
static bool fit_at_last_search(struct room *room)
{
	return last_search.prev && room->start == VMALLOC_START && room->hole >= last_search.hole &&
	       fit_behind(room, last_search.prev);
}

/*
 * Finds the lowest room: sets prev and addr. Looks where the last search ended, in front of all
 * areas, in the gaps of the tree, and behind the last area, in this order, until it finds some.
 */
static void find_room(struct room *room)
{
	const struct vmap_area *first = next_area(NULL);

	if (!fit_at_last_search(room) &&
	    !((!first || room->start < first->va_start) && fit_behind(room, NULL)) && first &&
	    !find_lowest_gap(room, vmap_area_root.rb_node))
		fit_behind(room, list_last_entry(&vmap_area_list, struct vmap_area, list));
	if (frontier.addr && room->prev && room->prev->va_start >= frontier.area.va_start)
		look_across_frontier(room);
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

	if (room.hole < size) /* the sum wrapped: larger than any gap */
		return false;
	find_room(&room);
	if (!room.addr || room.addr >= end || end - room.addr < size)
		return false; /* nor is there any above */
	va->va_start = room.addr;
	va->va_end = room.addr + size;
	insert_behind(room.prev, va);
	if (frontier.addr && va->va_start > frontier.area.va_start)
		hop_frontier(va);
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

	vm = kmalloc(sizeof(*vm), gfp & ~__GFP_ZERO);
	if (!vm)
		return NULL;
	vm->size = size;
	vm->flags = flags;
	vm->pages = NULL;
	vm->nr_pages = 0;
	vm->phys_addr = 0;
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

void release_vm_area(struct vm_struct *vm)
{
	spin_lock(&vmap_area_lock);
	erase_area(&vm->area);
	spin_unlock(&vmap_area_lock);
}

/* --- Boot: areas that are made before kmalloc works --- */

bool __init vm_area_overlaps(unsigned long start, unsigned long end)
{
	const struct vmap_area *va = find_vmap_area_below(end - 1);

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
	insert_behind(find_vmap_area_below(va->va_start), va);
}

void __init vmalloc_init(void)
{
	struct room room = { FRONTIER_STEP, PAGE_SIZE, VMALLOC_START, FRONTIER_STEP };

	vmalloc_ready = true;
	find_room(&room);
	/* Without an area above, the room is the open end, which needs no mark. */
	if (!room.addr || !next_area(room.prev))
		return;
	put_frontier(room.addr + FRONTIER_STEP);
	insert_behind(room.prev, &frontier.area);
}
