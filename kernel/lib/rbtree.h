/* SPDX-License-Identifier: MIT */
/*
 * Red-black trees with the node embedded in the element. The tree knows no keys: the user walks
 * down to the place of the new element, links it there and lets the tree rebalance.
 *
 *	struct rb_node **link = &root->rb_node, *parent = NULL;
 *
 *	while (*link) {
 *		parent = *link;
 *		link = key < rb_entry(parent, struct item, node)->key ? &parent->rb_left
 *								      : &parent->rb_right;
 *	}
 *	rb_link_node(&item->node, parent, link);
 *	rb_insert_color(&item->node, root);
 *
 * Invariants: a red node has no red child; every way from the root to a missing child passes the
 * same number of black nodes; so the depth is at most 2 log2(n + 1). The user holds whatever lock
 * protects the tree; any context.
 *
 * Linux counterpart: include/linux/rbtree.h (which also has cached and latched roots).
 */
#pragma once

#include <kernel/lib/macros.h>
#include <kernel/lib/types.h>

/* A side of a node. Each case of the rebalancing has a mirror image, in which the sides change. */
enum rb_side { RB_RIGHT, RB_LEFT };

/* Bit 0 of __rb_parent_color is the colour (1 is black), the rest the parent's address. */
struct rb_node {
	unsigned long __rb_parent_color;
	union {
		struct {
			struct rb_node *rb_right;
			struct rb_node *rb_left;
		};
		struct rb_node *rb_child[2]; /* the same two, by side */
	};
} __attribute__((aligned(sizeof(long))));

struct rb_root {
	struct rb_node *rb_node;
};

#define RB_ROOT             ((struct rb_root){ NULL })
#define RB_EMPTY_ROOT(root) ((root)->rb_node == NULL)

#define rb_entry(ptr, type, member) container_of(ptr, type, member)

/* NULL stays NULL. */
#define rb_entry_safe(ptr, type, member)                      \
	({                                                    \
		__typeof__(ptr) _node = (ptr);                \
		_node ? rb_entry(_node, type, member) : NULL; \
	})

#define rb_parent(node) ((struct rb_node *)((node)->__rb_parent_color & ~3UL))

/* A node that is in no tree can be marked as such: it is its own parent. */
#define RB_EMPTY_NODE(node) ((node)->__rb_parent_color == (unsigned long)(node))
#define RB_CLEAR_NODE(node) ((node)->__rb_parent_color = (unsigned long)(node))

/* Hangs node, red and childless, into the empty *link of parent (the root's link: parent NULL). */
static inline void rb_link_node(struct rb_node *node, struct rb_node *parent, struct rb_node **link)
{
	node->__rb_parent_color = (unsigned long)parent;
	node->rb_left = NULL;
	node->rb_right = NULL;
	*link = node;
}

/* Rebalances after rb_link_node(). */
void rb_insert_color(struct rb_node *node, struct rb_root *root);

/* Takes node out. Its own links mean nothing afterwards. */
void rb_erase(struct rb_node *node, struct rb_root *root);

/* The nodes in the order of the keys; NULL before the first and behind the last. */
struct rb_node *rb_first(const struct rb_root *root);
struct rb_node *rb_last(const struct rb_root *root);
struct rb_node *rb_next(const struct rb_node *node);
struct rb_node *rb_prev(const struct rb_node *node);
