/* SPDX-License-Identifier: MIT */
/*
 * The flattened tree becomes nodes. Its tokens are read twice, once to count and once to build;
 * later look-ups follow pointers. Nodes lie in one array in tree order, properties in another.
 *
 * Linux counterpart: drivers/of/fdt.c, unflatten_device_tree() (there names and values are copied,
 * because overlays may change them)
 */

#define pr_fmt(fmt) "OF: " fmt

#include <drivers/of/of.h>
#include <drivers/of/of_fdt.h>
#include <drivers/of/of_private.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/lib/fdt.h>
#include <mm/memblock.h>

struct device_node *of_root;
struct device_node *of_stdout;
int of_node_count;
struct device_node **of_phandles;
u32 of_phandle_mask;

/* A room for count things, zeroed. */
static void *__init room_for(size_t count, size_t size, const char *things)
{
	void *room = memblock_alloc((count ?: 1) * size, 0);

	if (!room)
		panic("no memory for %zu %s of the device tree", count, things);
	return room;
}

static void __init count_tokens(int *nodes, int *properties)
{
	int offset, next;
	enum fdt_tag tag;

	for (offset = 0;; offset = next) {
		tag = fdt_next_tag(initial_boot_params, offset, &next);
		if (tag == FDT_END)
			return;
		*nodes += tag == FDT_BEGIN_NODE;
		*properties += tag == FDT_PROP;
	}
}

/*
 * Fills both arrays. links[depth] is where a pointer to the next node of that depth belongs; the
 * tree has been checked, so depth stays below FDT_MAX_DEPTH.
 */
static void __init build(struct device_node *np, struct property *prop)
{
	struct device_node **links[FDT_MAX_DEPTH + 1] = { &of_root }, *current = NULL;
	int stdout = early_init_dt_stdout(), depth = 0, offset, next;
	struct property **link = NULL;
	enum fdt_tag tag;

	for (offset = 0;; offset = next) {
		tag = fdt_next_tag(initial_boot_params, offset, &next);
		if (tag == FDT_END)
			return;
		if (tag == FDT_BEGIN_NODE) {
			np->full_name = fdt_get_name(initial_boot_params, offset, NULL);
			np->parent = current;
			*links[depth] = np;
			links[depth++] = &np->sibling;
			links[depth] = &np->child;
			link = &np->properties;
			if (offset == stdout)
				of_stdout = np;
			current = np++;
		} else if (tag == FDT_PROP) {
			prop->value = fdt_getprop_by_offset(initial_boot_params, offset,
							    &prop->name, &prop->length);
			*link = prop;
			link = &prop->next;
			prop++;
		} else if (tag == FDT_END_NODE) {
			current = current->parent;
			depth--;
		}
	}
}

static int __init cell_count(const struct device_node *np, const char *name, int missing)
{
	int length;
	const __be32 *value = of_get_property(np, name, &length);

	return of_cell_count(np->full_name, name, value, length, missing);
}

static void __init read_bus(struct device_node *np)
{
	np->bus.addr_cells = cell_count(np, "#address-cells", OF_DEFAULT_ADDR_CELLS);
	np->bus.size_cells = cell_count(np, "#size-cells", OF_DEFAULT_SIZE_CELLS);
	np->bus.ranges = of_get_property(np, "ranges", &np->bus.ranges_length);
	np->bus.above = np->parent ? &np->parent->bus : NULL;
}

/* Trees of old compilers say linux,phandle. */
static void __init read_phandle(struct device_node *np)
{
	struct device_node **chain;

	if (of_property_read_u32(np, "phandle", &np->phandle) &&
	    of_property_read_u32(np, "linux,phandle", &np->phandle))
		return;
	chain = of_phandle_chain(np->phandle);
	np->phandle_next = *chain;
	*chain = np;
}

void __init unflatten_device_tree(void)
{
	int properties = 0, buckets = 1;
	struct device_node *np, *nodes;

	of_root = of_stdout = NULL;
	of_node_count = 0;
	count_tokens(&of_node_count, &properties);
	nodes = room_for(of_node_count, sizeof(*nodes), "nodes");
	build(nodes, room_for(properties, sizeof(struct property), "properties"));
	while (buckets < of_node_count)
		buckets *= 2;
	of_phandle_mask = buckets - 1;
	of_phandles = room_for(buckets, sizeof(*of_phandles), "phandles");
	/* Backwards, so that of two nodes with one phandle the first is found first. */
	for (np = nodes + of_node_count - 1; np >= nodes; np--)
		read_phandle(np);
	for (np = nodes; np < nodes + of_node_count; np++)
		read_bus(np);
}
