/* SPDX-License-Identifier: MIT */
/*
 * Red-black trees in which each node also holds a value computed from its subtree, such as the
 * largest free size below it. A search can then skip whole subtrees.
 *
 * The value of a node depends on the node itself and on its two children only. Before
 * rb_insert_augmented() the user has set the new node's value and updated its ancestors
 * (propagate). After a change of a node's own share, propagate(node, NULL) makes the tree right
 * again.
 *
 * The rebalancing stands here and not in rbtree.c, and is inlined, because the compiler then knows
 * the callbacks: a call through a pointer would cost as much as the rotation that it follows.
 * Each case exists in two mirror images. `side` names the direction, so each is written once. All
 * rebalancing is made of one step, rb_rotate(). It exchanges the colours of the two nodes that it
 * turns, so each path through them keeps its number of black nodes. rb_rotate_twice() is two such
 * steps at once.
 *
 * Linux counterpart: include/linux/rbtree_augmented.h, lib/rbtree.c (there with mirrored code)
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/rbtree.h>

struct rb_augment_callbacks {
	/*
	 * Recompute node and its ancestors up to, not including, stop; nothing when node is stop.
	 */
	void (*propagate)(struct rb_node *node, struct rb_node *stop);
	/* cut, a child of node or the root, has been taken out, and keeps its value. */
	void (*cut)(struct rb_node *node, const struct rb_node *cut);
	/* Give new the value of old, whose place it takes. */
	void (*copy)(struct rb_node *old, struct rb_node *new);
	/* new has just become the parent of old: it gets old's value, and old is recomputed. */
	void (*rotate)(struct rb_node *old, struct rb_node *new);
};

#define RB_BLACK 1UL

/* --- Steps --- */

/* A missing child is black. */
static inline bool rb_is_red(const struct rb_node *node)
{
	return node && !(node->__rb_parent_color & RB_BLACK);
}

static inline void rb_set_black(struct rb_node *node)
{
	node->__rb_parent_color |= RB_BLACK;
}

static inline void rb_set_red(struct rb_node *node)
{
	node->__rb_parent_color &= ~RB_BLACK;
}

static inline void rb_set_parent(struct rb_node *node, struct rb_node *parent)
{
	node->__rb_parent_color = (unsigned long)parent | (node->__rb_parent_color & RB_BLACK);
}

static inline enum rb_side rb_other(enum rb_side side)
{
	return (enum rb_side)(side ^ 1);
}

/* The side of parent on which its child node is. */
static inline enum rb_side rb_side_of(const struct rb_node *node, const struct rb_node *parent)
{
	return node == parent->rb_left ? RB_LEFT : RB_RIGHT;
}

/* Makes parent (NULL: the root pointer) point to new where it pointed to old. */
static inline void rb_change_child(struct rb_node *parent, struct rb_node *old, struct rb_node *new,
				   struct rb_root *root)
{
	if (parent)
		parent->rb_child[rb_side_of(old, parent)] = new;
	else
		root->rb_node = new;
}

/* Puts replacement in the place of victim, whose place in the order it must have. */
static inline void rb_replace_node(struct rb_node *victim, struct rb_node *replacement,
				   struct rb_root *root)
{
	*replacement = *victim;
	rb_change_child(rb_parent(victim), victim, replacement, root);
	if (victim->rb_left)
		rb_set_parent(victim->rb_left, replacement);
	if (victim->rb_right)
		rb_set_parent(victim->rb_right, replacement);
}

/* Turns node down to side. Its other child takes its place and its colour, and gives it its own. */
static __always_inline void rb_rotate(struct rb_node *node, enum rb_side side, struct rb_root *root,
				      const struct rb_augment_callbacks *augment)
{
	struct rb_node *up = node->rb_child[rb_other(side)];
	struct rb_node *inner = up->rb_child[side];
	unsigned long colour = up->__rb_parent_color & RB_BLACK;

	rb_change_child(rb_parent(node), node, up, root);
	up->__rb_parent_color = node->__rb_parent_color;
	node->__rb_parent_color = (unsigned long)up | colour;
	up->rb_child[side] = node;
	node->rb_child[rb_other(side)] = inner;
	if (inner)
		rb_set_parent(inner, node);
	augment->rotate(node, up);
}

/*
 * The same as two rotations: the other child of node is turned away from side, then node to side.
 * The grandchild between the two takes node's place, and both become its children.
 */
static __always_inline void rb_rotate_twice(struct rb_node *node, enum rb_side side,
					    struct rb_root *root,
					    const struct rb_augment_callbacks *augment)
{
	struct rb_node *up = node->rb_child[rb_other(side)];
	struct rb_node *middle = up->rb_child[side];
	struct rb_node *near = middle->rb_child[side], *far = middle->rb_child[rb_other(side)];
	unsigned long up_colour = up->__rb_parent_color & RB_BLACK;
	unsigned long middle_colour = middle->__rb_parent_color & RB_BLACK;

	rb_change_child(rb_parent(node), node, middle, root);
	middle->__rb_parent_color = node->__rb_parent_color;
	up->__rb_parent_color = (unsigned long)middle | middle_colour;
	node->__rb_parent_color = (unsigned long)middle | up_colour;
	middle->rb_child[side] = node;
	middle->rb_child[rb_other(side)] = up;
	node->rb_child[rb_other(side)] = near;
	up->rb_child[side] = far;
	if (near)
		rb_set_parent(near, node);
	if (far)
		rb_set_parent(far, up);
	augment->rotate(up, middle);
	augment->rotate(node, middle);
}

/* --- Inserting and erasing --- */

/*
 * rb_insert_color() that keeps the values right. The new node is red. As long as its parent is red
 * too, the conflict is pushed up, or one or two rotations end it.
 */
static __always_inline void rb_insert_augmented(struct rb_node *node, struct rb_root *root,
						const struct rb_augment_callbacks *augment)
{
	struct rb_node *parent, *grandparent, *uncle;
	enum rb_side side;

	for (parent = rb_parent(node); rb_is_red(parent); parent = rb_parent(node)) {
		grandparent = rb_parent(parent); /* there is one, because the root is black */
		side = rb_side_of(parent, grandparent);
		uncle = grandparent->rb_child[rb_other(side)];
		if (!rb_is_red(uncle)) {
			if (node == parent->rb_child[rb_other(side)])
				rb_rotate_twice(grandparent, rb_other(side), root, augment);
			else
				rb_rotate(grandparent, rb_other(side), root, augment);
			return;
		}
		rb_set_black(parent);
		rb_set_black(uncle);
		rb_set_red(grandparent);
		node = grandparent;
	}
	if (!parent)
		rb_set_black(node);
}

/*
 * The paths through parent's child on side lack one black node. Finds one, or pushes the lack up.
 */
static __always_inline void rb_fix_missing_black(struct rb_node *parent, enum rb_side side,
						 struct rb_root *root,
						 const struct rb_augment_callbacks *augment)
{
	struct rb_node *sibling, *node;

	for (;;) {
		sibling = parent->rb_child[rb_other(side)];
		if (rb_is_red(sibling)) {
			rb_rotate(parent, side, root, augment);
			sibling = parent->rb_child[rb_other(side)];
		}
		if (rb_is_red(sibling->rb_left) || rb_is_red(sibling->rb_right))
			break;
		rb_set_red(sibling);
		node = parent;
		parent = rb_parent(node);
		if (rb_is_red(node) || !parent) {
			rb_set_black(node);
			return;
		}
		side = rb_side_of(node, parent);
	}
	if (rb_is_red(sibling->rb_child[rb_other(side)]))
		rb_rotate(parent, side, root, augment);
	else
		rb_rotate_twice(parent, side, root, augment);
	rb_set_black(rb_parent(parent)->rb_child[rb_other(side)]);
}

/*
 * Takes node out of the tree. A node with two children gives its place to its successor, which has
 * no left child. So the node that is cut out of the tree has one child at most, and an only child
 * is red under a black parent. Returns the node whose child on *side lacks one black node now, for
 * rb_fix_missing_black(), or NULL when the tree is balanced.
 */
static __always_inline struct rb_node *rb_cut_augmented(struct rb_node *node, struct rb_root *root,
							const struct rb_augment_callbacks *augment,
							enum rb_side *side)
{
	struct rb_node *cut = node, *parent, *child;
	bool black;

	*side = RB_RIGHT;
	if (node->rb_left && node->rb_right)
		for (cut = node->rb_right; cut->rb_left; cut = cut->rb_left)
			;
	child = cut->rb_left ? cut->rb_left : cut->rb_right;
	parent = rb_parent(cut);
	black = !rb_is_red(cut);
	if (parent) {
		*side = rb_side_of(cut, parent);
		parent->rb_child[*side] = child;
	} else {
		root->rb_node = child;
	}
	if (child)
		child->__rb_parent_color = (unsigned long)parent | RB_BLACK;
	if (cut == node) {
		augment->cut(parent, cut);
	} else {
		if (parent == node)
			parent = cut;
		rb_replace_node(node, cut, root);
		augment->copy(node, cut);
		/* In two steps: the first may end early although cut's own value changes. */
		augment->propagate(parent, cut);
		augment->propagate(cut, NULL);
	}
	return black && !child ? parent : NULL;
}

/* rb_erase() that keeps the values right. */
static __always_inline void rb_erase_augmented(struct rb_node *node, struct rb_root *root,
					       const struct rb_augment_callbacks *augment)
{
	enum rb_side side;
	struct rb_node *parent = rb_cut_augmented(node, root, augment, &side);

	if (parent)
		rb_fix_missing_black(parent, side, root, augment);
}

/* --- Callbacks for a maximum --- */

/*
 * Defines `const struct rb_augment_callbacks name` for a subtree maximum: in struct type, whose
 * tree node is field, the member max of type value_type is the largest own(element) of the subtree.
 * Also defines name_raise() and name_lower(), which propagate the change of one element's own share
 * and cost less, because they compute a maximum again only where it can have become smaller. At
 * file scope.
 */
#define RB_DECLARE_CALLBACKS_MAX(storage, name, type, field, value_type, max, own)             \
	static inline value_type name##_of(const struct rb_node *node)                         \
	{                                                                                      \
		return rb_entry(node, type, field)->max;                                       \
	}                                                                                      \
	static inline value_type name##_compute(type *element)                                 \
	{                                                                                      \
		const struct rb_node *left = element->field.rb_left;                           \
		const struct rb_node *right = element->field.rb_right;                         \
		value_type largest = own(element);                                             \
                                                                                               \
		if (left && name##_of(left) > largest)                                         \
			largest = name##_of(left);                                             \
		if (right && name##_of(right) > largest)                                       \
			largest = name##_of(right);                                            \
		return largest;                                                                \
	}                                                                                      \
	static inline void name##_propagate(struct rb_node *node, struct rb_node *stop)        \
	{                                                                                      \
		while (node != stop) {                                                         \
			type *element = rb_entry(node, type, field);                           \
			value_type largest = name##_compute(element);                          \
                                                                                               \
			if (element->max == largest)                                           \
				return;                                                        \
			element->max = largest;                                                \
			node = rb_parent(node);                                                \
		}                                                                              \
	}                                                                                      \
	/* The own share of an element in node's subtree has grown to value. */                \
	static inline __maybe_unused void name##_raise(struct rb_node *node, value_type value) \
	{                                                                                      \
		while (node && name##_of(node) < value) {                                      \
			rb_entry(node, type, field)->max = value;                              \
			node = rb_parent(node);                                                \
		}                                                                              \
	}                                                                                      \
	/* The own share of an element in node's subtree was value, and is less now. */        \
	static inline __maybe_unused void name##_lower(struct rb_node *node, value_type value) \
	{                                                                                      \
		/* A node with a larger maximum has it from elsewhere, as all above it. */     \
		while (node && name##_of(node) == value) {                                     \
			type *element = rb_entry(node, type, field);                           \
                                                                                               \
			element->max = name##_compute(element);                                \
			if (element->max == value)                                             \
				return;                                                        \
			node = rb_parent(node);                                                \
		}                                                                              \
	}                                                                                      \
	static inline void name##_cut(struct rb_node *node, const struct rb_node *cut)         \
	{                                                                                      \
		if (node && name##_of(node) == name##_of(cut))                                 \
			name##_propagate(node, NULL);                                          \
	}                                                                                      \
	static inline void name##_copy(struct rb_node *old, struct rb_node *new)               \
	{                                                                                      \
		rb_entry(new, type, field)->max = name##_of(old);                              \
	}                                                                                      \
	static inline void name##_rotate(struct rb_node *old, struct rb_node *new)             \
	{                                                                                      \
		name##_copy(old, new);                                                         \
		rb_entry(old, type, field)->max = name##_compute(rb_entry(old, type, field));  \
	}                                                                                      \
	storage const struct rb_augment_callbacks name = {                                     \
		.propagate = name##_propagate,                                                 \
		.cut = name##_cut,                                                             \
		.copy = name##_copy,                                                           \
		.rotate = name##_rotate,                                                       \
	};
