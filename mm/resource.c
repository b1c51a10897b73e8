/* SPDX-License-Identifier: MIT */
/*
 * Records in a tree which driver or device owns which range of addresses.
 *
 * All operations start with one question: which child is the first that does not end before an
 * address? The answer is the link that points to that child. So insertion and removal have no
 * special case for the first child.
 *
 * Invariants: siblings ascend, do not overlap, and lie within their parent; parent is NULL exactly
 * in the roots and in resources that are in no tree.
 *
 * Linux counterpart: kernel/resource.c (there a claim may also wait for a "muxed" region).
 */
#define pr_fmt(fmt) "resource: " fmt

#include <mm/resource.h>

#include <kernel/base/printk.h>
#include <kernel/base/spinlock.h>
#include <kernel/lib/errno.h>
#include <mm/gfp.h>
#include <mm/slab.h>

struct resource iomem_resource = {
	.name = "PCI mem",
	.end = ~(resource_size_t)0,
	.flags = IORESOURCE_MEM,
};

struct resource ioport_resource = {
	.name = "PCI IO",
	.end = IO_SPACE_LIMIT,
	.flags = IORESOURCE_IO,
};

static DEFINE_SPINLOCK(resource_lock);

/* The link to the first child that does not end before start. */
static struct resource **find_link(struct resource *parent, resource_size_t start)
{
	struct resource **link = &parent->child;

	while (*link && (*link)->end < start)
		link = &(*link)->sibling;
	return link;
}

/*
 * Inserts new below root. Returns NULL, or the conflict: a child, or the root itself when new does
 * not lie inside it.
 */
static struct resource *__request_resource(struct resource *root, struct resource *new)
{
	struct resource **link = find_link(root, new->start);

	/* end < start: empty, or start + n - 1 wrapped. */
	if (new->end < new->start || !resource_contains(root, new))
		return root;
	if (*link && (*link)->start <= new->end)
		return *link;
	new->parent = root;
	new->sibling = *link;
	*link = new;
	return NULL;
}

/* Returns the errno for a conflict, and prints whose range it is. */
static int refuse(const struct resource *new, const struct resource *conflict)
{
	if (!conflict)
		return 0;
	pr_warn("%s [0x%llx-0x%llx] conflicts with %s [0x%llx-0x%llx]\n", new->name, new->start,
		new->end, conflict->name, conflict->start, conflict->end);
	return -EBUSY;
}

int request_resource(struct resource *root, struct resource *new)
{
	int err;

	spin_lock(&resource_lock);
	err = refuse(new, __request_resource(root, new));
	spin_unlock(&resource_lock);
	return err;
}

static int __release_resource(struct resource *old)
{
	struct resource **link;

	if (!old->parent)
		return -EINVAL;
	link = find_link(old->parent, old->start);
	if (*link != old)
		return -EINVAL;
	*link = old->sibling;
	old->parent = NULL;
	old->sibling = NULL;
	return 0;
}

int release_resource(struct resource *old)
{
	int err;

	spin_lock(&resource_lock);
	err = __release_resource(old);
	spin_unlock(&resource_lock);
	return err;
}

/* Inserts res in the deepest resource around it that is not busy. Returns NULL or the conflict. */
static struct resource *claim(struct resource *parent, struct resource *res)
{
	struct resource *conflict;

	while ((conflict = __request_resource(parent, res))) {
		if (conflict == parent || (conflict->flags & IORESOURCE_BUSY))
			break;
		parent = conflict;
	}
	return conflict;
}

struct resource *__request_region(struct resource *parent, resource_size_t start, resource_size_t n,
				  const char *name, unsigned long flags)
{
	struct resource *res = n ? kzalloc(sizeof(*res), GFP_KERNEL) : NULL;
	int err;

	if (!res)
		return NULL;
	res->name = name;
	res->start = start;
	res->end = start + n - 1;
	res->flags = resource_type(parent) | IORESOURCE_BUSY | flags;

	spin_lock(&resource_lock);
	err = refuse(res, claim(parent, res));
	spin_unlock(&resource_lock);
	if (!err)
		return res;
	kfree(res);
	return NULL;
}

/* Removes the busy resource that is exactly [start, end] from its tree. Returns it, or NULL. */
static struct resource *unclaim(struct resource *parent, resource_size_t start, resource_size_t end)
{
	struct resource *res = *find_link(parent, start);

	while (res && !(res->flags & IORESOURCE_BUSY))
		res = *find_link(res, start);
	if (!res || res->start != start || res->end != end)
		return NULL;
	__release_resource(res);
	return res;
}

void __release_region(struct resource *parent, resource_size_t start, resource_size_t n)
{
	struct resource *res = NULL;

	spin_lock(&resource_lock);
	if (n)
		res = unclaim(parent, start, start + n - 1);
	spin_unlock(&resource_lock);
	if (!res)
		pr_warn("[0x%llx-0x%llx] is not claimed\n", start, start + n - 1);
	kfree(res);
}

int __check_region(struct resource *parent, resource_size_t start, resource_size_t n)
{
	struct resource probe = { .start = start, .end = start + n - 1 };
	struct resource *conflict;

	if (!n)
		return -EBUSY;
	spin_lock(&resource_lock);
	conflict = claim(parent, &probe);
	if (!conflict)
		__release_resource(&probe);
	spin_unlock(&resource_lock);
	return conflict ? -EBUSY : 0;
}

void resource_for_each(const struct resource *root,
		       void (*visit)(const struct resource *res, int depth, void *data), void *data)
{
	const struct resource *res;
	int depth = 0;

	spin_lock(&resource_lock);
	res = root->child;
	while (res) {
		visit(res, depth, data);
		if (res->child) {
			res = res->child;
			depth++;
			continue;
		}
		while (!res->sibling && res->parent != root) {
			res = res->parent;
			depth--;
		}
		res = res->sibling;
	}
	spin_unlock(&resource_lock);
}
