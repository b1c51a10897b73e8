/* SPDX-License-Identifier: MIT */
/*
 * Red-black trees: balance kept by colours. Each case exists in two mirror images; `side` (false is
 * left) names the direction, so each is written once.
 *
 * All rebalancing is made of one step, rotate(), which also exchanges the colours of the two nodes
 * it turns. That keeps the number of black nodes on every way through them as it was.
 *
 * Linux counterpart: lib/rbtree.c, Documentation/core-api/rbtree.rst (there with mirrored code,
 * inlined callbacks, and stores ordered for readers without a lock).
 */
#include <kernel/lib/rbtree_augmented.h>

#define RB_BLACK 1UL

static inline struct rb_node **child_link(struct rb_node *node, bool side)
{
	return side ? &node->rb_right : &node->rb_left;
}

static inline struct rb_node *child_of(const struct rb_node *node, bool side)
{
	return side ? node->rb_right : node->rb_left;
}

/* A missing child is black. */
static inline bool is_red(const struct rb_node *node)
{
	return node && !(node->__rb_parent_color & RB_BLACK);
}

static inline void set_black(struct rb_node *node)
{
	node->__rb_parent_color |= RB_BLACK;
}

static inline void set_red(struct rb_node *node)
{
	node->__rb_parent_color &= ~RB_BLACK;
}

static inline void set_parent(struct rb_node *node, struct rb_node *parent)
{
	node->__rb_parent_color = (unsigned long)parent | (node->__rb_parent_color & RB_BLACK);
}

/* The last node of a subtree in the direction of side; NULL of an empty one. */
static struct rb_node *end_of(struct rb_node *node, bool side)
{
	while (node && child_of(node, side))
		node = child_of(node, side);
	return node;
}

/* Whatever pointed from parent (or the root) to old points to new. */
static void change_child(struct rb_node *parent, struct rb_node *old, struct rb_node *new,
			 struct rb_root *root)
{
	if (!parent)
		root->rb_node = new;
	else
		*child_link(parent, old == parent->rb_right) = new;
}

/*
 * Turn node down to `side`: its other child takes its place and its colour, and gives it its own.
 */
static void rotate(struct rb_node *node, bool side, struct rb_root *root,
		   const struct rb_augment_callbacks *augment)
{
	struct rb_node *up = child_of(node, !side);
	struct rb_node *inner = child_of(up, side);
	unsigned long colour = up->__rb_parent_color & RB_BLACK;

	change_child(rb_parent(node), node, up, root);
	up->__rb_parent_color = node->__rb_parent_color;
	node->__rb_parent_color = (unsigned long)up | colour;
	*child_link(up, side) = node;
	*child_link(node, !side) = inner;
	if (inner)
		set_parent(inner, node);
	augment->rotate(node, up);
}

/* The new node is red. As long as its parent is red too, push the conflict up or turn it away. */
void rb_insert_augmented(struct rb_node *node, struct rb_root *root,
			 const struct rb_augment_callbacks *augment)
{
	struct rb_node *parent, *grandparent, *uncle;
	bool side;

	for (parent = rb_parent(node); is_red(parent); parent = rb_parent(node)) {
		grandparent = rb_parent(parent); /* there is one: the root is black */
		side = parent == grandparent->rb_right;
		uncle = child_of(grandparent, !side);
		if (!is_red(uncle)) {
			if (node == child_of(parent, !side))
				rotate(parent, side, root, augment);
			rotate(grandparent, !side, root, augment);
			return;
		}
		set_black(parent);
		set_black(uncle);
		set_red(grandparent);
		node = grandparent;
	}
	if (!parent)
		set_black(node);
}

/* The ways through parent's child on `side` lack one black node: find one, or push the lack up. */
static void fix_missing_black(struct rb_node *parent, bool side, struct rb_root *root,
			      const struct rb_augment_callbacks *augment)
{
	struct rb_node *sibling, *node;

	for (;;) {
		sibling = child_of(parent, !side);
		if (is_red(sibling)) {
			rotate(parent, side, root, augment);
			sibling = child_of(parent, !side);
		}
		if (is_red(sibling->rb_left) || is_red(sibling->rb_right))
			break;
		set_red(sibling);
		node = parent;
		parent = rb_parent(node);
		if (is_red(node) || !parent) {
			set_black(node);
			return;
		}
		side = node == parent->rb_right;
	}
	if (!is_red(child_of(sibling, !side)))
		rotate(sibling, !side, root, augment);
	rotate(parent, side, root, augment);
	set_black(child_of(rb_parent(parent), !side));
}

void rb_replace_node(struct rb_node *victim, struct rb_node *replacement, struct rb_root *root)
{
	*replacement = *victim;
	change_child(rb_parent(victim), victim, replacement, root);
	if (victim->rb_left)
		set_parent(victim->rb_left, replacement);
	if (victim->rb_right)
		set_parent(victim->rb_right, replacement);
}

/*
 * A node with two children gives its place to its successor, which has no left child: so what is
 * cut out of the tree always has one child at most, and an only child is red under a black parent.
 */
void rb_erase_augmented(struct rb_node *node, struct rb_root *root,
			const struct rb_augment_callbacks *augment)
{
	struct rb_node *cut = node, *parent, *child;
	bool side, black;

	if (node->rb_left && node->rb_right)
		cut = end_of(node->rb_right, false);
	child = cut->rb_left ? cut->rb_left : cut->rb_right;
	parent = rb_parent(cut);
	side = parent && cut == parent->rb_right;
	black = !is_red(cut);

	change_child(parent, cut, child, root);
	if (child)
		child->__rb_parent_color = (unsigned long)parent | RB_BLACK;
	if (cut == node) {
		augment->propagate(parent, NULL);
	} else {
		if (parent == node)
			parent = cut;
		rb_replace_node(node, cut, root);
		augment->copy(node, cut);
		/* In two steps: the first may end early although cut's own value changes. */
		augment->propagate(parent, cut);
		augment->propagate(cut, NULL);
	}
	if (black && !child && parent)
		fix_missing_black(parent, side, root, augment);
}

static void no_propagate(struct rb_node *node, struct rb_node *stop)
{
}

static void no_move(struct rb_node *old, struct rb_node *new)
{
}

static const struct rb_augment_callbacks plain = {
	.propagate = no_propagate,
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

struct rb_node *rb_first(const struct rb_root *root)
{
	return end_of(root->rb_node, false);
}

struct rb_node *rb_last(const struct rb_root *root)
{
	return end_of(root->rb_node, true);
}

/*
 * The neighbour on `side`: deepest on the near side of that subtree, else the first ancestor there.
 */
static struct rb_node *neighbour(const struct rb_node *node, bool side)
{
	struct rb_node *parent = rb_parent(node);

	if (child_of(node, side))
		return end_of(child_of(node, side), !side);
	while (parent && node == child_of(parent, side)) {
		node = parent;
		parent = rb_parent(node);
	}
	return parent;
}

struct rb_node *rb_next(const struct rb_node *node)
{
	return neighbour(node, true);
}

struct rb_node *rb_prev(const struct rb_node *node)
{
	return neighbour(node, false);
}
