/* SPDX-License-Identifier: MIT */
/*
 * Looking at all vmap areas at once, for tests: does everything hold that must hold between two
 * calls? And did anything change?
 */
#pragma once

#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/vmap_area.h>

struct tree_check {
	bool is_free;
	unsigned long end; /* of the last area seen */
	unsigned int areas;
	const char *error;
};

/*
 * Below node: order, colours, parents, maxima. Returns the number of black nodes on a way
 * down.
 */
static int check_tree(const struct rb_node *node, const struct rb_node *parent,
		      struct tree_check *c)
{
	const struct vmap_area *va;
	const struct rb_node *child[2];
	unsigned long largest, i;
	bool red;
	int black;

	if (!node)
		return 0;
	va = rb_entry(node, struct vmap_area, rb_node);
	red = !(node->__rb_parent_color & 1);
	child[0] = node->rb_left;
	child[1] = node->rb_right;
	black = check_tree(child[0], node, c);
	if (va->va_start < c->end || va->va_end <= va->va_start)
		c->error = "a tree is out of order";
	c->end = va->va_end;
	c->areas++;
	if (check_tree(child[1], node, c) != black)
		c->error = "a tree is out of balance";
	if (rb_parent(node) != parent || (red && (!parent || !(parent->__rb_parent_color & 1))))
		c->error = "a tree has a wrong parent or a red node below a red one";

	largest = va->va_end - va->va_start;
	for (i = 0; i < 2; i++)
		if (child[i])
			largest = max(
				largest,
				rb_entry(child[i], struct vmap_area, rb_node)->subtree_max_size);
	if (c->is_free && va->subtree_max_size != largest)
		c->error = "a subtree_max_size is wrong";
	return black + !red;
}

static const char *check_one(struct rb_root *root, struct list_head *head, bool is_free)
{
	struct tree_check c = { .is_free = is_free };
	const struct vmap_area *va;
	unsigned int listed = 0;

	check_tree(root->rb_node, NULL, &c);
	list_for_each_entry(va, head, list)
		listed++;
	return listed != c.areas ? "a list and its tree differ in length" : c.error;
}

/* Busy and free tile the space, and no two free areas touch. */
static const char *check_tiling(void)
{
	struct list_head *busy = vmap_area_list.next, *free = free_vmap_area_list.next;
	unsigned long end = PAGE_SIZE;
	bool last_was_free = false;

	while (busy != &vmap_area_list || free != &free_vmap_area_list) {
		const struct vmap_area *va = list_entry(busy, struct vmap_area, list);
		bool is_free = busy == &vmap_area_list || va->va_start != end;

		if (is_free) {
			if (free == &free_vmap_area_list)
				return "a hole belongs to nobody";
			va = list_entry(free, struct vmap_area, list);
			if (last_was_free)
				return "two free areas touch";
			free = free->next;
		} else {
			busy = busy->next;
		}
		if (va->va_start != end)
			return "areas overlap, or a hole belongs to nobody";
		end = va->va_end;
		last_was_free = is_free;
	}
	return end == (~0UL & PAGE_MASK) ? NULL : "the end of the space belongs to nobody";
}

static inline void expect_sound(struct kunit *test)
{
	const char *busy, *free, *tiling;

	spin_lock(&vmap_area_lock);
	busy = check_one(&vmap_area_root, &vmap_area_list, false);
	free = check_one(&free_vmap_area_root, &free_vmap_area_list, true);
	tiling = check_tiling();
	spin_unlock(&vmap_area_lock);
	if (busy || free || tiling)
		KUNIT_FAIL(test, "%s", busy ? busy : free ? free : tiling);
}

/* A number that changes when any area, busy or free, does. */
static inline unsigned long fingerprint(void)
{
	struct list_head *heads[] = { &vmap_area_list, &free_vmap_area_list };
	const struct vmap_area *va;
	unsigned long sum = 0, i;

	spin_lock(&vmap_area_lock);
	for (i = 0; i < 2; i++)
		list_for_each_entry(va, heads[i], list)
			sum = sum * 31 + va->va_start + va->va_end * 7 + i;
	spin_unlock(&vmap_area_lock);
	return sum;
}
