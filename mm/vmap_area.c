/* SPDX-License-Identifier: MIT */
/*
 * Finds free ranges of kernel addresses, and the area that contains an address.
 *
 * The areas are in one red-black tree and in one list, both by address. Free space has no record:
 * it is the gap between two neighbours. Each node has the largest gap directly behind an area of
 * its subtree (subtree_max_gap). The search for the lowest gap that fits skips a subtree whose gaps
 * are too small.
 *
 * Three records have no size, so no look-up finds them. One stands at each end of the address
 * space. So each area has two neighbours, and all free space is a gap. The third one, the frontier,
 * lies above the areas. An area placed below it changes only the short gap in front of this mark,
 * and not the largest gap of all, which is recorded in each node up to the root.
 *
 * The search starts where the last one ended (vmap_area_hint), when all gaps below are too small.
 * So the usual request costs the same for any number of areas.
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

/* --- The ends of the address space --- */

#define TOP_END (~0UL & PAGE_MASK) /* an end, so its last page is not given out */

#define RECORD_WITHOUT_SIZE (VM_EARLY | VM_UNINITIALIZED) /* not found, not freed */

static struct vm_struct bottom, top;

/* The tree of the two: bottom is the root, and black; top is its right child, and red. */
static struct vm_struct bottom = {
	.area = {
		.va_start = PAGE_SIZE, /* not 0, because address 0 means "none" */
		.va_end = PAGE_SIZE,
		.rb_node = { .__rb_parent_color = RB_BLACK, .rb_right = &top.area.rb_node },
		.list = { &top.area.list, &vmap_area_list },
		.subtree_max_gap = TOP_END - PAGE_SIZE,
	},
	.addr = (void *)PAGE_SIZE,
	.flags = RECORD_WITHOUT_SIZE,
};

static struct vm_struct top = {
	.area = {
		.va_start = TOP_END,
		.va_end = TOP_END,
		.rb_node = { .__rb_parent_color = (unsigned long)&bottom.area.rb_node },
		.list = { &vmap_area_list, &bottom.area.list },
	},
	.addr = (void *)TOP_END,
	.flags = RECORD_WITHOUT_SIZE,
};

DEFINE_SPINLOCK(vmap_area_lock);
struct rb_root vmap_area_root = { &bottom.area.rb_node };
struct list_head vmap_area_list = { &bottom.area.list, &top.area.list };
static bool vmalloc_ready;

/* --- Neighbours and gaps --- */

static struct vmap_area *next_area(const struct vmap_area *va)
{
	return list_entry(va->list.next, struct vmap_area, list);
}

static struct vmap_area *prev_area(const struct vmap_area *va)
{
	return list_entry(va->list.prev, struct vmap_area, list);
}

/* Bytes between va and the next area. There is no address behind top. */
static unsigned long gap_behind(const struct vmap_area *va)
{
	return va == &top.area ? 0 : next_area(va)->va_start - va->va_end;
}

RB_DECLARE_CALLBACKS_MAX(static, gaps, struct vmap_area, rb_node, unsigned long, subtree_max_gap,
			 gap_behind)

static unsigned long largest_gap(const struct rb_node *node)
{
	return node ? rb_entry(node, struct vmap_area, rb_node)->subtree_max_gap : 0;
}

/* --- Inserting and removing --- */

/* Inserts va directly behind prev, which is not the top. */
static void insert_behind(struct vmap_area *prev, struct vmap_area *va)
{
	struct vmap_area *next = next_area(prev);
	unsigned long before = next->va_start - prev->va_end;
	struct rb_node *parent = &prev->rb_node, **link = &parent->rb_right;

	/* If prev has a right subtree, its first node is next, which has no left child. */
	if (*link) {
		parent = &next->rb_node;
		link = &parent->rb_left;
	}
	list_add(&va->list, &prev->list);
	rb_link_node(&va->rb_node, parent, link);
	va->subtree_max_gap = next->va_start - va->va_end;
	gaps_raise(parent, va->subtree_max_gap);
	gaps_lower(&prev->rb_node, before);
	rb_insert_augmented(&va->rb_node, &vmap_area_root, &gaps);
}

void insert_vmap_area(struct vmap_area *va)
{
	insert_behind(find_vmap_area_below(va->va_start), va);
}

/* Where the last search ended; NULL: unknown. */
struct vmap_area *vmap_area_hint;
/* No gap from this address to the hint is as long as this. */
static unsigned long hint_start, hint_hole;

/* Not inlined, because one removal in three needs it, and all would save its registers. */
static noinline void rebalance_below(struct rb_node *parent, enum rb_side side)
{
	rb_fix_missing_black(parent, side, &vmap_area_root, &gaps);
}

static __always_inline void erase_area(struct vmap_area *va)
{
	struct vmap_area *prev = prev_area(va);
	struct rb_node *unbalanced;
	enum rb_side side;

	/* The gap below may be long enough now. */
	if (vmap_area_hint && va->va_start <= vmap_area_hint->va_start)
		vmap_area_hint = prev;
	/* The longer gap in front is recorded first, so that removing the node changes little. */
	gaps_raise(&prev->rb_node, next_area(va)->va_start - prev->va_end);
	__list_del_entry(&va->list);
	unbalanced = rb_cut_augmented(&va->rb_node, &vmap_area_root, &gaps, &side);
	if (unbalanced)
		rebalance_below(unbalanced, side);
}

/* --- Finding room --- */

/* A request for free space. */
struct request {
	unsigned long size, align;
	unsigned long start; /* not below this address */
	unsigned long hole;  /* a gap of this length fits, wherever it starts */
};

/* Whether the request fits between two addresses, and where. */
static __always_inline bool fit_between(const struct request *request, unsigned long from,
					unsigned long to, unsigned long *addr)
{
	from = max(from, request->start);
	*addr = ALIGN(from, request->align);
	/* Past the top of the address space, ALIGN() gives 0. */
	return *addr >= from && *addr < to && to - *addr >= request->size;
}

/* ... directly behind prev. */
static __always_inline bool fit_behind(const struct request *request, const struct vmap_area *prev,
				       unsigned long *addr)
{
	return fit_between(request, prev->va_end, next_area(prev)->va_start, addr);
}

/*
 * Finds the lowest gap of the subtree that fits: sets *prev, the area in front of it, and *addr. A
 * subtree that lies above request->start and whose maximum reaches request->hole always has one. So
 * the search fails only along the one path down to request->start, and takes O(log n).
 */
static bool find_lowest_gap(const struct request *request, struct rb_node *node,
			    struct vmap_area **prev, unsigned long *addr)
{
	for (; largest_gap(node) >= request->hole; node = node->rb_right) {
		struct vmap_area *va = rb_entry(node, struct vmap_area, rb_node);

		if (request->start < va->va_start && largest_gap(node->rb_left) >= request->hole &&
		    find_lowest_gap(request, node->rb_left, prev, addr))
			return true;
		*prev = va;
		if (va != &top.area && fit_behind(request, va, addr))
			return true;
	}
	return false;
}

#define FRONTIER_STEP SZ_16M

/* The mark. */
static struct vm_struct frontier = { .flags = RECORD_WITHOUT_SIZE };

static void put_frontier(unsigned long addr)
{
	frontier.addr = (void *)addr;
	frontier.area.va_start = addr;
	frontier.area.va_end = addr;
}

/*
 * A search that ended at the mark or above treated it as an area. The lowest room may lie across
 * the mark. Then the mark moves up, and this sets *prev and *addr to that room.
 */
static bool look_across_frontier(const struct request *request, struct vmap_area **prev,
				 unsigned long *addr)
{
	struct vmap_area *mark = &frontier.area, *before = prev_area(mark);
	unsigned long across, end, limit = next_area(mark)->va_start;

	if (!fit_between(request, before->va_end, limit, &across) || across > mark->va_start)
		return false;
	*prev = before;
	*addr = across;
	end = across + request->size;
	if (end > mark->va_start) {
		put_frontier(limit - end > FRONTIER_STEP ? end + FRONTIER_STEP : limit);
		gaps.propagate(&mark->rb_node, NULL);
		gaps.propagate(&before->rb_node, NULL);
		vmap_area_hint = NULL; /* a gap below it may have grown */
	}
	return true;
}

/*
 * Inserts an area above the mark. When the gap behind the mark is used up, areas come to lie above
 * the next ones. The mark then moves into the gap behind va.
 */
static noinline void insert_above_frontier(struct vmap_area *prev, struct vmap_area *va)
{
	struct vmap_area *mark = &frontier.area;

	insert_behind(prev, va);
	if (!frontier.addr || gap_behind(mark) || gap_behind(va) < FRONTIER_STEP)
		return;
	erase_area(mark);
	put_frontier(va->va_end + FRONTIER_STEP);
	insert_behind(va, mark);
}

/* Finds the lowest room: sets *prev, the area in front of it, and *addr. */
static noinline bool find_room(const struct request *request, struct vmap_area **prev,
			       unsigned long *addr)
{
	bool found = find_lowest_gap(request, vmap_area_root.rb_node, prev, addr);

	if (frontier.addr && (!found || *addr >= frontier.area.va_start))
		found |= look_across_frontier(request, prev, addr);
	return found;
}

/*
 * Inserts va at the lowest free range of size bytes inside [start, end) that starts at a multiple
 * of align. Returns false when there is none.
 */
static __always_inline bool place_area(struct vmap_area *va, unsigned long size,
				       unsigned long align, unsigned long start, unsigned long end)
{
	struct request request = { size, align, start, size + align - PAGE_SIZE };
	struct vmap_area *prev = vmap_area_hint;
	unsigned long addr;

	if (request.hole < size) /* the sum wrapped: larger than any gap */
		return false;
	/* At the hint, if all lower gaps are too small and the mark lies above. */
	if (!prev || start != hint_start || request.hole < hint_hole ||
	    prev->va_start >= frontier.area.va_start || !fit_behind(&request, prev, &addr)) {
		struct request copy = request; /* the original stays in registers */
		struct vmap_area *found_prev;
		unsigned long found;

		if (!find_room(&copy, &found_prev, &found))
			return false;
		prev = found_prev;
		addr = found;
	}
	if (addr >= end || end - addr < size)
		return false; /* nor is there any above */
	va->va_start = addr;
	va->va_end = addr + size;
	vmap_area_hint = va;
	hint_start = start;
	hint_hole = request.hole;
	if (addr > frontier.area.va_start)
		insert_above_frontier(prev, va);
	else
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
	if (!size)
		return NULL;
	if (flags & VM_IOREMAP)
		align = ioremap_align(size);
	else if (WARN_ON(!is_power_of_2(align)))
		return NULL;
	align = max(align, PAGE_SIZE);
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
	insert_vmap_area(va);
}

void __init vmalloc_init(void)
{
	struct request request = { FRONTIER_STEP, PAGE_SIZE, VMALLOC_START, FRONTIER_STEP };
	struct vmap_area *prev;
	unsigned long addr;

	vmalloc_ready = true;
	if (!find_room(&request, &prev, &addr)) /* no gap is worth a mark */
		return;
	put_frontier(addr + FRONTIER_STEP);
	insert_behind(prev, &frontier.area);
}
