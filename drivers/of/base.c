/* SPDX-License-Identifier: MIT */
/*
 * The device tree as nodes. One array holds them all in tree order, parents before children, so
 * that going through the tree is going through the array, and so that offsets in the flattened tree
 * ascend.
 *
 * Linux counterpart: drivers/of/base.c, property.c, fdt.c (unflatten_device_tree; there properties
 * are copied into lists, because overlays may change them)
 */

#define pr_fmt(fmt) "OF: " fmt

#include <drivers/of/of.h>
#include <drivers/of/of_fdt.h>
#include <drivers/of/of_private.h>
#include <kernel/base/init.h>
#include <kernel/base/panic.h>
#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/fdt.h>
#include <kernel/lib/string.h>
#include <mm/memblock.h>

struct device_node *of_root;
static struct device_node *of_nodes;
static int of_node_count;

static int __init count_nodes(void)
{
	int node, depth = -1, count = 0;

	for (node = fdt_next_node(initial_boot_params, -1, &depth); node >= 0;
	     node = fdt_next_node(initial_boot_params, node, &depth))
		count++;
	return count;
}

/* Hang np under parent, behind last, its youngest child so far. */
static void __init link_node(struct device_node *np, struct device_node *parent,
			     struct device_node *last)
{
	np->parent = parent;
	if (last)
		last->sibling = np;
	else if (parent)
		parent->child = np;
}

void __init unflatten_device_tree(void)
{
	struct device_node *last[FDT_MAX_DEPTH + 1] = { NULL }; /* the newest node of each depth */
	int node, depth = -1, previous_depth = -1;
	struct device_node *np;

	of_node_count = count_nodes();
	of_nodes = memblock_alloc(of_node_count * sizeof(*of_nodes), 0);
	if (!of_nodes)
		panic("no memory for %d device tree nodes", of_node_count);
	np = of_nodes;
	for (node = fdt_next_node(initial_boot_params, -1, &depth); node >= 0;
	     node = fdt_next_node(initial_boot_params, node, &depth), np++) {
		np->offset = node;
		np->full_name = fdt_get_name(initial_boot_params, node, NULL);
		of_property_read_u32(np, "phandle", &np->phandle);
		if (depth > previous_depth)
			last[depth] = NULL;
		link_node(np, depth ? last[depth - 1] : NULL, last[depth]);
		last[depth] = np;
		previous_depth = depth;
	}
	of_root = of_nodes;
}

struct device_node *of_find_all_nodes(struct device_node *from)
{
	struct device_node *next = from ? from + 1 : of_nodes;

	return next < of_nodes + of_node_count ? next : NULL;
}

struct device_node *of_find_node_by_path(const char *path)
{
	int offset = fdt_path_offset_namelen(initial_boot_params, path, strcspn(path, ":"));
	struct device_node *np;

	if (offset < 0)
		return NULL;
	for (np = of_find_all_nodes(NULL); np && np->offset != offset; np = of_find_all_nodes(np))
		;
	return np;
}

struct device_node *of_find_node_by_phandle(u32 phandle)
{
	struct device_node *np;

	if (!phandle)
		return NULL;
	for (np = of_find_all_nodes(NULL); np && np->phandle != phandle; np = of_find_all_nodes(np))
		;
	return np;
}

struct device_node *of_find_compatible_node(struct device_node *from, const char *compatible)
{
	struct device_node *np = of_find_all_nodes(from);

	while (np && !of_device_is_compatible(np, compatible))
		np = of_find_all_nodes(np);
	return np;
}

bool of_node_name_eq(const struct device_node *np, const char *name)
{
	size_t len = strcspn(np->full_name, "@");

	return strlen(name) == len && !strncmp(np->full_name, name, len);
}

const void *of_get_property(const struct device_node *np, const char *name, int *lenp)
{
	return fdt_getprop(initial_boot_params, np->offset, name, lenp);
}

bool of_property_read_bool(const struct device_node *np, const char *name)
{
	return of_get_property(np, name, NULL) != NULL;
}

int of_property_read_string_index(const struct device_node *np, const char *name, int index,
				  const char **out)
{
	int len, at;
	const char *list = of_get_property(np, name, &len);

	if (!list || len <= 0 || list[len - 1])
		return -EINVAL;
	for (at = 0; at < len; at += strlen(list + at) + 1) {
		if (index-- > 0)
			continue;
		*out = list + at;
		return 0;
	}
	return -ENOENT;
}

int of_property_read_string(const struct device_node *np, const char *name, const char **out)
{
	return of_property_read_string_index(np, name, 0, out);
}

int of_property_read_u32_index(const struct device_node *np, const char *name, u32 index, u32 *out)
{
	int len;
	const __be32 *cells = of_get_property(np, name, &len);

	if (!cells)
		return -EINVAL;
	if (index >= len / sizeof(*cells))
		return -EOVERFLOW;
	*out = be32_to_cpu(cells[index]);
	return 0;
}

int of_property_read_u32(const struct device_node *np, const char *name, u32 *out)
{
	return of_property_read_u32_index(np, name, 0, out);
}

int of_property_read_u32_array(const struct device_node *np, const char *name, u32 *out,
			       size_t count)
{
	int len;
	const __be32 *cells = of_get_property(np, name, &len);
	size_t i;

	if (!cells)
		return -EINVAL;
	if (count > len / sizeof(*cells))
		return -EOVERFLOW;
	for (i = 0; i < count; i++)
		out[i] = be32_to_cpu(cells[i]);
	return 0;
}

int of_property_read_u64(const struct device_node *np, const char *name, u64 *out)
{
	u32 cells[2];
	int ret = of_property_read_u32_array(np, name, cells, 2);

	if (!ret)
		*out = (u64)cells[0] << 32 | cells[1];
	return ret;
}

bool of_device_is_compatible(const struct device_node *np, const char *compatible)
{
	return of_flat_dt_is_compatible(np->offset, compatible);
}

bool of_device_is_available(const struct device_node *np)
{
	const char *status;

	if (of_property_read_string(np, "status", &status))
		return !of_property_read_bool(np, "status");
	return !strcmp(status, "okay") || !strcmp(status, "ok");
}

const struct of_device_id *of_match_node(const struct of_device_id *matches,
					 const struct device_node *np)
{
	const struct of_device_id *row;
	const char *compatible;
	int i;

	for (i = 0; !of_property_read_string_index(np, "compatible", i, &compatible); i++) {
		for (row = matches; row && row->compatible; row++) {
			if (!strcmp(row->compatible, compatible))
				return row;
		}
	}
	return NULL;
}
