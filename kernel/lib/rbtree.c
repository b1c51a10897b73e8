/* SPDX-License-Identifier: MIT */
/*
 * Red-black trees without values, and the order of the nodes of any tree. The rebalancing that they
 * share with augmented trees is in rbtree_augmented.h.
 *
 * Linux counterpart: lib/rbtree.c, Documentation/core-api/rbtree.rst (there with stores ordered for
 * readers without a lock)
 */
#include <kernel/lib/rbtree_augmented.h>

static void no_propagate(struct rb_node *node, struct rb_node *stop)
{
}

static void no_cut(struct rb_node *node, const struct rb_node *cut)
{
}

static void no_move(struct rb_node *old, struct rb_node *new)
{
}

static const struct rb_augment_callbacks plain = {
	.propagate = no_propagate,
	.cut = no_cut,
	.copy = no_move,
	.rotate = no_move,
};

void rb_insert_color(struct rb_node *node, struct rb_root *root)
{
	rb_insert_augmented(node, root, &plain);
}

void rb_erase(struct rb_node *node, struct rb_root *root)
{
	rb_erase_augmented(node, root, &plain);
}

/* The last node of a subtree in the direction of side; NULL of an empty one. */
static struct rb_node *end_of(struct rb_node *node, enum rb_side side)
{
	while (node && node->rb_child[side])
		node = node->rb_child[side];
	return node;
}

struct rb_node *rb_first(const struct rb_root *root)
{
	return end_of(root->rb_node, RB_LEFT);
}

struct rb_node *rb_last(const struct rb_root *root)
{
	return end_of(root->rb_node, RB_RIGHT);
}

/*
 * The neighbour on `side`: deepest on the near side of that subtree, else the first ancestor there.
 */
static struct rb_node *neighbour(const struct rb_node *node, enum rb_side side)
{
	struct rb_node *parent = rb_parent(node);

	if (node->rb_child[side])
		return end_of(node->rb_child[side], rb_other(side));
	while (parent && node == parent->rb_child[side]) {
		node = parent;
		parent = rb_parent(node);
	}
	return parent;
}

struct rb_node *rb_next(const struct rb_node *node)
{
	return neighbour(node, RB_RIGHT);
}

struct rb_node *rb_prev(const struct rb_node *node)
{
	return neighbour(node, RB_LEFT);
}
