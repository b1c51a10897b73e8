/* SPDX-License-Identifier: MIT */
/*
 * Checks that the tree, the list and the gaps of areas are what mm/vmap_area.c says of them.
 */
#include <kernel/lib/macros.h>
#include <kernel/lib/rbtree_augmented.h>
#include <mm/check.h>
#include <mm/page.h>
#include <mm/vmalloc.h>

#define RECORDS_WITHOUT_SIZE 3 /* both ends, and the mark */

/* --- The list --- */

/* Whether the record agrees with its place. */
static bool record_is_right(const struct vmap_area *va)
{
	const struct vm_struct *vm = container_of(va, struct vm_struct, area);

	return (unsigned long)vm->addr == va->va_start && vm->size == va->va_end - va->va_start &&
	       PAGE_ALIGNED(va->va_start | va->va_end);
}

static void check_list(struct mm_check *check)
{
	const struct list_head *entry, *last = &vmap_area_list;
	unsigned int without_size = 0;
	bool hint_found = !vmap_area_hint;
	unsigned long end = 0;

	for (entry = last->next; entry != &vmap_area_list; last = entry, entry = entry->next) {
		const struct vmap_area *va = list_entry(entry, struct vmap_area, list);

		if (entry->prev != last) {
			mm_check_fail(check, "the list of areas is not linked both ways", end);
			return; /* it may lead anywhere */
		}
		if (va->va_start < end || va->va_end < va->va_start)
			mm_check_fail(check, "the areas are out of order", va->va_start);
		if (!record_is_right(va))
			mm_check_fail(check, "an area's record and its place differ", end);
		without_size += va->va_start == va->va_end;
		hint_found |= va == vmap_area_hint;
		end = va->va_end;
	}
	if (without_size > RECORDS_WITHOUT_SIZE)
		mm_check_fail(check, "an area has no size", without_size);
	if (!hint_found)
		mm_check_fail(check, "the hint of the last search is not an area",
			      (unsigned long)vmap_area_hint);
}

/* --- The tree. Both functions call themselves for each level: 34 at most for 100,000 areas. --- */

/*
 * Parents, colours, and the order: *next is what the list has next. Returns the number of black
 * nodes on each way down.
 */
static unsigned int check_shape(struct mm_check *check, const struct rb_node *node,
				const struct rb_node *parent, const struct list_head **next)
{
	const struct vmap_area *va;
	unsigned int black;

	if (!node || check->error)
		return 0;
	va = rb_entry(node, struct vmap_area, rb_node);
	if (rb_parent(node) != parent)
		mm_check_fail(check, "a node of the tree has a wrong parent", va->va_start);
	if (rb_is_red(node) && (!parent || rb_is_red(parent)))
		mm_check_fail(check, "a red node of the tree is below a red one, or the root",
			      va->va_start);
	black = check_shape(check, node->rb_left, node, next);
	if (*next != &va->list)
		mm_check_fail(check, "the tree and the list of areas differ", va->va_start);
	*next = va->list.next;
	if (check_shape(check, node->rb_right, node, next) != black)
		mm_check_fail(check, "the tree of areas is out of balance", va->va_start);
	return black + !rb_is_red(node);
}

/* The free bytes behind va, read from the list; that of the last record counts as 0. */
static unsigned long true_gap(const struct vmap_area *va)
{
	if (va->list.next == &vmap_area_list)
		return 0;
	return list_entry(va->list.next, struct vmap_area, list)->va_start - va->va_end;
}

/* Returns the largest gap of the subtree. */
static unsigned long check_gaps(struct mm_check *check, const struct rb_node *node)
{
	const struct vmap_area *va;
	unsigned long largest;

	if (!node)
		return 0;
	va = rb_entry(node, struct vmap_area, rb_node);
	largest = max(check_gaps(check, node->rb_left), check_gaps(check, node->rb_right));
	largest = max(largest, true_gap(va));
	if (va->subtree_max_gap != largest)
		mm_check_fail(check, "a subtree_max_gap is wrong", va->va_start);
	return largest;
}

void check_areas(struct mm_check *check)
{
	const struct list_head *next;

	spin_lock(&vmap_area_lock);
	check_list(check);
	next = vmap_area_list.next;
	if (!check->error)
		check_shape(check, vmap_area_root.rb_node, NULL, &next);
	if (next != &vmap_area_list)
		mm_check_fail(check, "the tree and the list of areas differ", 0);
	if (!check->error)
		check_gaps(check, vmap_area_root.rb_node);
	spin_unlock(&vmap_area_lock);
}
