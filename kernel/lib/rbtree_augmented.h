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
 * Linux counterpart: include/linux/rbtree_augmented.h
 */
#pragma once

#include <kernel/lib/rbtree.h>

struct rb_augment_callbacks {
	/*
	 * Recompute node and its ancestors up to, not including, stop; nothing when node is stop.
	 */
	void (*propagate)(struct rb_node *node, struct rb_node *stop);
	/* Give new the value of old, whose place it takes. */
	void (*copy)(struct rb_node *old, struct rb_node *new);
	/* new has just become the parent of old: it gets old's value, and old is recomputed. */
	void (*rotate)(struct rb_node *old, struct rb_node *new);
};

/* rb_insert_color() and rb_erase() that keep the values right. */
void rb_insert_augmented(struct rb_node *node, struct rb_root *root,
			 const struct rb_augment_callbacks *augment);
void rb_erase_augmented(struct rb_node *node, struct rb_root *root,
			const struct rb_augment_callbacks *augment);

/*
 * Defines `const struct rb_augment_callbacks name` for a subtree maximum: in struct type, whose
 * tree node is field, the member max of type value_type is the largest own(element) of the subtree.
 * At file scope.
 */
#define RB_DECLARE_CALLBACKS_MAX(storage, name, type, field, value_type, max, own)            \
	static inline value_type name##_compute(type *element)                                \
	{                                                                                     \
		value_type largest = own(element);                                            \
		type *left = rb_entry_safe(element->field.rb_left, type, field);              \
		type *right = rb_entry_safe(element->field.rb_right, type, field);            \
                                                                                              \
		if (left && left->max > largest)                                              \
			largest = left->max;                                                  \
		if (right && right->max > largest)                                            \
			largest = right->max;                                                 \
		return largest;                                                               \
	}                                                                                     \
	static void name##_propagate(struct rb_node *node, struct rb_node *stop)              \
	{                                                                                     \
		while (node != stop) {                                                        \
			type *element = rb_entry(node, type, field);                          \
			value_type largest = name##_compute(element);                         \
                                                                                              \
			if (element->max == largest)                                          \
				return;                                                       \
			element->max = largest;                                               \
			node = rb_parent(node);                                               \
		}                                                                             \
	}                                                                                     \
	static void name##_copy(struct rb_node *old, struct rb_node *new)                     \
	{                                                                                     \
		rb_entry(new, type, field)->max = rb_entry(old, type, field)->max;            \
	}                                                                                     \
	static void name##_rotate(struct rb_node *old, struct rb_node *new)                   \
	{                                                                                     \
		name##_copy(old, new);                                                        \
		rb_entry(old, type, field)->max = name##_compute(rb_entry(old, type, field)); \
	}                                                                                     \
	storage const struct rb_augment_callbacks name = {                                    \
		.propagate = name##_propagate,                                                \
		.copy = name##_copy,                                                          \
		.rotate = name##_rotate,                                                      \
	};
