/* SPDX-License-Identifier: MIT */
/*
 * The device tree as nodes: finding them, and asking what they are. One array holds them all in
 * tree order, parents before children, so going through the tree is going through the array.
 *
 * Linux counterpart: drivers/of/base.c
 */

#include <drivers/of/of.h>
#include <drivers/of/of_private.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/kstrtox.h>
#include <kernel/lib/string.h>

struct device_node *of_find_all_nodes(struct device_node *from)
{
	struct device_node *next = from ? from + 1 : of_root;

	return next < of_root + of_node_count ? next : NULL;
}

/* Whether the first len characters of part name np: all of its name, or all before the '@'. */
static bool part_matches(const struct device_node *np, const char *part, size_t len)
{
	return !strncmp(np->full_name, part, len) &&
	       (!np->full_name[len] || np->full_name[len] == '@');
}

static struct device_node *find_child(const struct device_node *np, const char *part, size_t len)
{
	struct device_node *child;

	for_each_child_of_node(np, child) {
		if (part_matches(child, part, len))
			return child;
	}
	return NULL;
}

struct device_node *of_find_node_by_path(const char *path)
{
	struct device_node *np = *path == '/' ? of_root : NULL;
	size_t len;

	for (; np && *path; path += len) {
		path += *path == '/';
		len = strcspn(path, "/");
		if (len)
			np = find_child(np, path, len);
	}
	return np;
}

struct device_node *of_find_node_by_phandle(phandle handle)
{
	struct device_node *np = *of_phandle_chain(handle);

	while (np && np->phandle != handle)
		np = np->phandle_next;
	return np;
}

struct device_node *of_find_compatible_node(struct device_node *from, const char *compatible)
{
	struct device_node *np = of_find_all_nodes(from);

	while (np && !of_device_is_compatible(np, compatible))
		np = of_find_all_nodes(np);
	return np;
}

struct device_node *of_find_matching_node(struct device_node *from,
					  const struct of_device_id *matches)
{
	struct device_node *np = of_find_all_nodes(from);

	while (np && !of_match_node(matches, np))
		np = of_find_all_nodes(np);
	return np;
}

const struct of_device_id *of_match_node(const struct of_device_id *matches,
					 const struct device_node *np)
{
	const struct of_device_id *row, *best = NULL;
	int index, best_index = 0;

	for (row = matches; row && row->compatible; row++) {
		index = of_property_match_string(np, "compatible", row->compatible);
		if (index < 0 || (best && index >= best_index))
			continue;
		best = row;
		best_index = index;
	}
	return best;
}

bool of_device_is_compatible(const struct device_node *np, const char *compatible)
{
	return of_property_match_string(np, "compatible", compatible) >= 0;
}

bool of_device_is_available(const struct device_node *np)
{
	for (; np; np = np->parent) {
		if (of_property_read_bool(np, "status") &&
		    of_property_match_string(np, "status", "okay") &&
		    of_property_match_string(np, "status", "ok"))
			return false;
	}
	return true;
}

int of_alias_get_id(const struct device_node *np, const char *stem)
{
	const struct device_node *aliases = of_find_node_by_path("/aliases");
	const struct property *prop;
	size_t len = strlen(stem);
	unsigned int id;

	for (prop = aliases ? aliases->properties : NULL; prop; prop = prop->next) {
		if (strncmp(prop->name, stem, len) || kstrtouint(prop->name + len, 10, &id))
			continue;
		if (memchr(prop->value, '\0', prop->length) &&
		    of_find_node_by_path(prop->value) == np)
			return id;
	}
	return -ENODEV;
}

/* --- References: a phandle, and the cells that the node it names asks for --- */

int of_row_cells(const struct device_node *np, const char *cells_name)
{
	u32 cells;

	if (!np || of_property_read_u32(np, cells_name, &cells) || !cells ||
	    cells > MAX_PHANDLE_ARGS)
		return -EINVAL;
	return cells;
}

void of_set_args(struct of_phandle_args *out, struct device_node *np, const __be32 *cells,
		 int count)
{
	out->np = np;
	out->args_count = count;
	of_read_cells(out->args, cells, count);
}

int of_parse_phandle_with_args(const struct device_node *np, const char *list_name,
			       const char *cells_name, int index, struct of_phandle_args *out)
{
	int length = 0, left;
	const __be32 *cells = of_get_property(np, list_name, &length);

	for (left = length / (int)sizeof(*cells); cells && left > 0;) {
		phandle handle = be32_to_cpu(*cells);
		struct device_node *named = of_find_node_by_phandle(handle);
		int count = handle ? of_row_cells(named, cells_name) : 0;

		if (count < 0 || count + 1 > left)
			return -EINVAL;
		if (!index--) {
			of_set_args(out, named, cells + 1, count);
			return handle ? 0 : -ENOENT;
		}
		cells += count + 1;
		left -= count + 1;
	}
	return -ENOENT;
}
