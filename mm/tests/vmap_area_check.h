/* SPDX-License-Identifier: MIT */
/*
 * Looking at all vmap areas at once, for tests: does everything hold that must hold between two
 * calls? And did anything change?
 */
#pragma once

#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/vmalloc.h>

struct tree_check {
	const struct vmap_area *last; /* that was seen */
	unsigned int areas, marks;
	const char *error;
};

/* The free bytes behind va, read from the list; that of the last area counts as 0. */
static unsigned long true_gap(const struct vmap_area *va)
{
	if (va->list.next == &vmap_area_list)
		return 0;
	return list_entry(va->list.next, struct vmap_area, list)->va_start - va->va_end;
}

/*
 * Below node: order, colours, parents, maxima. Returns the number of black nodes on a way down;
 * *largest is the largest gap of the subtree.
 */
static int check_tree(const struct rb_node *node, const struct rb_node *parent,
		      struct tree_check *c, unsigned long *largest)
{
	unsigned long below_left = 0, below_right = 0;
	const struct vmap_area *va;
	bool red;
	int black;

	*largest = 0;
	if (!node)
		return 0;
	va = rb_entry(node, struct vmap_area, rb_node);
	red = !(node->__rb_parent_color & 1);
	black = check_tree(node->rb_left, node, c, &below_left);
	if (va->va_end < va->va_start || (c->last && va->va_start < c->last->va_end))
		c->error = "the tree is out of order";
	c->marks += va->va_end == va->va_start;
	if (c->marks > 3)
		c->error = "more than both ends and one mark have no size";
	if (c->last ? c->last->list.next != &va->list : vmap_area_list.next != &va->list)
		c->error = "the list has another order than the tree";
	c->last = va;
	c->areas++;
	if (check_tree(node->rb_right, node, c, &below_right) != black)
		c->error = "the tree is out of balance";
	if (rb_parent(node) != parent || (red && (!parent || !(parent->__rb_parent_color & 1))))
		c->error = "the tree has a wrong parent or a red node below a red one";
	*largest = max(true_gap(va), max(below_left, below_right));
	if (va->subtree_max_gap != *largest)
		c->error = "a subtree_max_gap is wrong";
	return black + !red;
}

static const char *check_areas(void)
{
	struct tree_check c = { NULL };
	const struct vm_struct *vm;
	unsigned long largest;
	unsigned int listed = 0;

	check_tree(vmap_area_root.rb_node, NULL, &c, &largest);
	list_for_each_entry(vm, &vmap_area_list, area.list) {
		listed++;
		if ((unsigned long)vm->addr != vm->area.va_start ||
		    vm->size != vm->area.va_end - vm->area.va_start)
			c.error = "a record and its place differ";
	}
	return listed != c.areas ? "the list and the tree differ in length" : c.error;
}

static inline void expect_sound(struct kunit *test)
{
	const char *error;

	spin_lock(&vmap_area_lock);
	error = check_areas();
	spin_unlock(&vmap_area_lock);
	if (error)
		KUNIT_FAIL(test, "%s", error);
}

/* A number that changes when any area does; 0 without areas. Records without size are not areas. */
static inline unsigned long fingerprint(void)
{
	const struct vmap_area *va;
	unsigned long sum = 0;

	spin_lock(&vmap_area_lock);
	list_for_each_entry(va, &vmap_area_list, list)
		if (va->va_end > va->va_start)
			sum = sum * 31 + va->va_start + va->va_end * 7;
	spin_unlock(&vmap_area_lock);
	return sum;
}
