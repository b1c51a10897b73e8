/* SPDX-License-Identifier: MIT */
/*
 * Random inserts and erases, the tree checked after every one: order, colours, parent links, depth
 * and the augmented value of each node against a plain recomputation.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/rbtree_augmented.h>

#define ITEMS 150
#define STEPS 3000

struct item {
	struct rb_node node;
	unsigned int key;
	unsigned long own;
	unsigned long largest;
	bool present;
};

static struct item items[ITEMS];
static struct rb_root root;
static int present_count;
static u32 random_state;

static inline unsigned long item_own(struct item *item)
{
	return item->own;
}

RB_DECLARE_CALLBACKS_MAX(static, item_callbacks, struct item, node, unsigned long, largest,
			 item_own)

static u32 next_random(void)
{
	random_state = random_state * 1664525 + 1013904223;
	return random_state >> 8;
}

static bool is_red(const struct rb_node *node)
{
	return node && !(node->__rb_parent_color & 1);
}

/* What a walk over a subtree learns. The depth of recursion is the tree's, which is checked too. */
struct verdict {
	int count;
	int black_height;
	unsigned long largest;
	const char *error;
};

static struct verdict check_subtree(const struct rb_node *node, const struct rb_node *parent,
				    int depth)
{
	struct verdict left, right, here = { .black_height = 1 };
	const struct item *item;

	if (!node)
		return here;
	item = rb_entry(node, struct item, node);
	if (depth > 16)
		return (struct verdict){ .error = "deeper than 2 log2(n + 1)" };
	left = check_subtree(node->rb_left, node, depth + 1);
	right = check_subtree(node->rb_right, node, depth + 1);
	here.count = left.count + right.count + 1;
	here.black_height = left.black_height + !is_red(node);
	here.largest = max(item->own, max(left.largest, right.largest));

	if (left.error || right.error)
		here.error = left.error ? left.error : right.error;
	else if (rb_parent(node) != parent)
		here.error = "wrong parent";
	else if (left.black_height != right.black_height)
		here.error = "unequal black height";
	else if (is_red(node) && (is_red(parent) || !parent))
		here.error = "red node under red node or as root";
	else if (item->largest != here.largest)
		here.error = "augmented value is wrong";
	return here;
}

static const char *check_order(void)
{
	struct rb_node *node, *previous = NULL;
	int count = 0;

	for (node = rb_first(&root); node; previous = node, node = rb_next(node), count++) {
		if (rb_prev(node) != previous)
			return "rb_prev does not undo rb_next";
		if (previous && rb_entry(previous, struct item, node)->key >=
					rb_entry(node, struct item, node)->key)
			return "keys do not ascend";
	}
	if (rb_last(&root) != previous)
		return "rb_last is not the end";
	return count == present_count ? NULL : "wrong number of nodes in order";
}

static void check_tree(struct kunit *test, bool augmented)
{
	struct verdict verdict;
	const char *error = check_order();
	int i;

	/* A plain tree keeps no values: compute them here, so that one walk serves both. */
	for (i = 0; !augmented && i < ITEMS; i++) {
		items[i].own = 0;
		items[i].largest = 0;
	}
	verdict = check_subtree(root.rb_node, NULL, 1);
	if (verdict.count != present_count && !verdict.error)
		verdict.error = "wrong number of nodes";
	if (error || verdict.error)
		KUNIT_FAIL(test, "%d nodes: %s", present_count, error ? error : verdict.error);
}

static void insert(struct item *item, bool augmented)
{
	struct rb_node **link = &root.rb_node, *parent = NULL;

	while (*link) {
		parent = *link;
		link = item->key < rb_entry(parent, struct item, node)->key ? &parent->rb_left
									    : &parent->rb_right;
	}
	rb_link_node(&item->node, parent, link);
	item->largest = item->own;
	if (augmented) {
		item_callbacks.propagate(parent, NULL);
		rb_insert_augmented(&item->node, &root, &item_callbacks);
	} else {
		rb_insert_color(&item->node, &root);
	}
	item->present = true;
	present_count++;
}

static void erase(struct item *item, bool augmented)
{
	if (augmented)
		rb_erase_augmented(&item->node, &root, &item_callbacks);
	else
		rb_erase(&item->node, &root);
	item->present = false;
	present_count--;
}

static void reset(u32 seed)
{
	int i;

	root = RB_ROOT;
	present_count = 0;
	random_state = seed;
	for (i = 0; i < ITEMS; i++)
		items[i] = (struct item){ .key = i, .own = next_random() };
}

static void run_random(struct kunit *test, u32 seed, bool augmented)
{
	int step;

	reset(seed);
	for (step = 0; step < STEPS && !test->failures; step++) {
		struct item *item = &items[next_random() % ITEMS];
		/* Grow and shrink in turns, so that the tree passes through every size. */
		bool growing = step / 500 % 2 == 0;

		if (item->present && (!growing || next_random() % 4 == 0))
			erase(item, augmented);
		else if (!item->present && (growing || next_random() % 4 == 0))
			insert(item, augmented);
		check_tree(test, augmented);
	}
}

static void rbtree_random(struct kunit *test)
{
	run_random(test, 1, false);
	run_random(test, 42, false);
}

static void rbtree_augmented_random(struct kunit *test)
{
	run_random(test, 1, true);
	run_random(test, 4711, true);
}

/* Ascending and descending insertion, then erasure from one end: the worst for a plain tree. */
static void rbtree_sorted(struct kunit *test)
{
	int i;

	reset(7);
	for (i = 0; i < ITEMS; i++) {
		insert(&items[i % 2 ? i / 2 : ITEMS - 1 - i / 2], true);
		check_tree(test, true);
	}
	for (i = 0; i < ITEMS; i++) {
		erase(&items[i], true);
		check_tree(test, true);
	}
	KUNIT_EXPECT_TRUE(test, RB_EMPTY_ROOT(&root));
	KUNIT_EXPECT_NULL(test, rb_first(&root));
	KUNIT_EXPECT_NULL(test, rb_last(&root));
}

static void rbtree_propagate(struct kunit *test)
{
	int i;

	reset(9);
	for (i = 0; i < ITEMS; i++)
		insert(&items[i], true);
	for (i = 0; i < 200; i++) {
		struct item *item = &items[next_random() % ITEMS];

		item->own = next_random();
		item_callbacks.propagate(&item->node, NULL);
		check_tree(test, true);
	}
}

static void rbtree_replace(struct kunit *test)
{
	struct item replacement;
	int i;

	reset(11);
	for (i = 0; i < 20; i++)
		insert(&items[i], true);
	for (i = 0; i < 20; i++) {
		replacement = items[i];
		rb_replace_node(&items[i].node, &replacement.node, &root);
		check_tree(test, true);
		rb_replace_node(&replacement.node, &items[i].node, &root);
		check_tree(test, true);
	}
}

static void rbtree_empty_node(struct kunit *test)
{
	struct rb_node node;

	RB_CLEAR_NODE(&node);
	KUNIT_EXPECT_TRUE(test, RB_EMPTY_NODE(&node));
	reset(13);
	insert(&items[0], true);
	KUNIT_EXPECT_FALSE(test, RB_EMPTY_NODE(&items[0].node));
}

static const struct kunit_case rbtree_cases[] = {
	KUNIT_CASE(rbtree_random),
	KUNIT_CASE(rbtree_augmented_random),
	KUNIT_CASE(rbtree_sorted),
	KUNIT_CASE(rbtree_propagate),
	KUNIT_CASE(rbtree_replace),
	KUNIT_CASE(rbtree_empty_node),
	{},
};

static const struct kunit_suite rbtree_suite = {
	.name = "rbtree",
	.cases = rbtree_cases,
};
kunit_test_suite(rbtree_suite);
