/* SPDX-License-Identifier: MIT */
/*
 * Which range of kernel addresses belongs to whom: the records of all mapped areas, found by
 * address, and the search for a free range. The records stand in one red-black tree and in one list
 * beside it, both by address. There is no record of free space: it is the gap between two
 * neighbours.
 *
 * Each node knows the largest gap directly behind an area of its subtree (subtree_max_gap). The
 * search for the lowest gap that fits looks into no subtree whose gaps are too small. What lies in
 * front of the first area and behind the last one has no area that it is the gap of: these two ends
 * are looked at by themselves, so that a tree without gaps costs one comparison.
 *
 * The bounds of a request decide what it may get. That is how modules, in a range of their own,
 * come from the same tree.
 *
 * An area's range becomes free only when no table and no TLB translates it any more: an area is
 * first hidden, then unmapped and flushed, then taken out.
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
#include <mm/vmap_range.h>

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

/* Bytes between va and the next area. Behind the last area is the open end, which is no gap. */
static unsigned long gap_behind(const struct vmap_area *va)
{
	const struct vmap_area *next = next_area(va);

	return next ? next->va_start - va->va_end : 0;
}

RB_DECLARE_CALLBACKS_MAX(static, gaps, struct vmap_area, rb_node, unsigned long, subtree_max_gap,
			 gap_behind)

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

/* --- Entering and taking out --- */

/* Enters va directly behind prev, or in front of all areas when prev is NULL. */
static void insert_behind(struct vmap_area *prev, struct vmap_area *va)
{
	struct vmap_area *next = next_area(prev);
	struct rb_node *parent = NULL, **link = &vmap_area_root.rb_node;

	/* Where prev has a right subtree, its first node is next, and that has no left child. */
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
	/* From the parent up for the new gap, from prev up because its gap is shorter now. */
	gaps.propagate(parent, NULL);
	if (prev)
		gaps.propagate(&prev->rb_node, NULL);
	rb_insert_augmented(&va->rb_node, &vmap_area_root, &gaps);
}

static void erase_area(struct vmap_area *va)
{
	struct list_head *prev = va->list.prev;

	/*
	 * The gap in front grows by the area and by the gap behind it. When the ancestors know that
	 * first, taking the node out changes few of them. It goes on knowing its neighbours until
	 * then, because it may be one of those ancestors.
	 */
	__list_del_entry(&va->list);
	if (prev != &vmap_area_list)
		gaps.propagate(&list_entry(prev, struct vmap_area, list)->rb_node, NULL);
	rb_erase_augmented(&va->rb_node, &vmap_area_root, &gaps);
}

/* --- Finding room --- */

struct room {
	unsigned long size, align;
	unsigned long start; /* not below this address, which is not 0 */
	unsigned long hole;  /* a gap of this length fits, wherever it starts */
};

/* The lowest address that fits between prev (NULL: the front) and the area behind it, or 0. */
static unsigned long fit_behind(const struct vmap_area *prev, const struct room *room)
{
	const struct vmap_area *next = next_area(prev);
	unsigned long from = prev ? max(prev->va_end, room->start) : room->start;
	unsigned long to = next ? next->va_start : ~0UL;
	unsigned long addr = ALIGN(from, room->align);

	/* Past the top of the address space, ALIGN() gives 0. */
	return addr >= from && addr < to && to - addr >= room->size ? addr : 0;
}

static unsigned long largest_gap(const struct rb_node *node)
{
	return node ? rb_entry(node, struct vmap_area, rb_node)->subtree_max_gap : 0;
}

/*
 * The area of the subtree with the lowest gap that fits, or NULL. A subtree that lies above
 * room->start and whose maximum reaches room->hole has one for certain. So a look in vain is
 * possible only along the one path down to room->start, and the whole takes O(log n).
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

/* The lowest area behind which there is room, or perhaps so: the last one. NULL: the front. */
static struct vmap_area *find_room(const struct room *room)
{
	struct vmap_area *first = next_area(NULL), *prev;

	if (!first || (room->start < first->va_start && fit_behind(NULL, room)))
		return NULL;
	prev = find_lowest_gap(vmap_area_root.rb_node, room);
	return prev ? prev : list_last_entry(&vmap_area_list, struct vmap_area, list);
}

/*
 * Enters va at the lowest free range of size bytes inside [start, end) that starts at a multiple of
 * align. Returns false when there is none.
 */
static bool place_area(struct vmap_area *va, unsigned long size, unsigned long align,
		       unsigned long start, unsigned long end)
{
	/* Page 0 is never given out: address 0 means "none". */
	struct room room = { size, align, max(start, PAGE_SIZE), size + align - PAGE_SIZE };
	struct vmap_area *prev;
	unsigned long addr;

	if (room.hole < size) /* the sum wrapped: larger than any gap */
		return false;
	prev = find_room(&room);
	addr = fit_behind(prev, &room);
	/* The lowest fit counts: when it lies beyond the end, so do all others. */
	if (!addr || addr >= end || end - addr < size)
		return false;
	va->va_start = addr;
	va->va_end = addr + size;
	insert_behind(prev, va);
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
	if (!size) /* the guard page made it wrap */
		return NULL;

	vm = kzalloc(sizeof(*vm), gfp);
	if (!vm)
		return NULL;
	vm->size = size;
	vm->flags = flags;
	vm->caller = caller;
	spin_lock(&vmap_area_lock);
	placed = place_area(&vm->area, size, align, start, end);
	vm->addr = (void *)vm->area.va_start; /* under the lock: a reader may see the row now */
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

void detach_vm_area(struct vm_struct *vm)
{
	/* In this order: the next owner of the range must never hit a translation of this one. */
	vunmap_range(vm->area.va_start, vm->area.va_start + get_vm_area_size(vm));
	release_vm_area(vm);
}

struct vm_struct *remove_vm_area(const void *addr)
{
	struct vm_struct *vm = find_vm_area(addr);

	if (vm)
		vm = claim_vm_area(vm->addr, 0);
	if (!vm || vm->flags & VM_EARLY)
		return NULL;
	detach_vm_area(vm);
	return vm;
}

void free_vm_area(struct vm_struct *vm)
{
	detach_vm_area(vm);
	kfree(vm);
}

void vm_unmap_aliases(void)
{
}

/* --- Boot: areas that stand before kmalloc does --- */

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

void __init vm_area_register_early(struct vm_struct *vm, size_t align)
{
	unsigned long addr = ALIGN(VMALLOC_START, align);
	const struct vmap_area *va;

	list_for_each_entry(va, &vmap_area_list, list) {
		if (addr + vm->size <= va->va_start)
			break;
		if (addr < va->va_end)
			addr = ALIGN(va->va_end, align);
	}
	/* Below the start: ALIGN() has passed the top of the address space and wrapped to 0. */
	BUG_ON(addr < VMALLOC_START || addr > VMALLOC_END || vm->size > VMALLOC_END - addr);
	vm->addr = (void *)addr;
	vm_area_add_early(vm);
}

void __init vmalloc_init(void)
{
	vmalloc_ready = true;
}
