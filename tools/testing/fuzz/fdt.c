/* SPDX-License-Identifier: MIT */
/*
 * Fuzzes the reader of the flattened device tree: whatever passes fdt_check_full() can be walked,
 * and nodes are found by their paths.
 */
#include "fuzz.h"

#include <kernel/lib/fdt.h>
#include <kernel/lib/string.h>

#define MAX_PATH 512

/* Where the names of the nodes above end in the path. */
struct walk {
	const void *fdt;
	char path[MAX_PATH];
	size_t ends[FDT_MAX_DEPTH + 1];
};

/*
 * Of several nodes with one name a path finds the first, which may lack the child that the path
 * goes on to.
 */
static void check_path(const struct walk *walk, int node, int depth)
{
	int found = fdt_path_offset(walk->fdt, walk->path);

	FUZZ_ASSERT(found <= node && (found > 0 || depth > 1));
}

static void check_properties(const void *fdt, int node)
{
	int property = fdt_first_property_offset(fdt, node), len, first_len;
	const char *name;

	for (; property >= 0; property = fdt_next_property_offset(fdt, property)) {
		const void *value = fdt_getprop_by_offset(fdt, property, &name, &len);

		FUZZ_ASSERT(value && len >= 0 && name[0]);
		fuzz_touch(value, len);
		fuzz_touch(name, strlen(name) + 1);
		FUZZ_ASSERT(fdt_getprop(fdt, node, name, &first_len));
		if (len > 0 && !((const char *)value)[len - 1])
			fdt_path_offset(fdt, value);
		fdt_path_offset_namelen(fdt, value, len > 0 ? strnlen(value, len) : 0);
	}
	FUZZ_ASSERT(property == -FDT_ERR_NOTFOUND);
}

static void check_node(struct walk *walk, int node, int depth)
{
	int len;
	const char *name = fdt_get_name(walk->fdt, node, &len);
	size_t start = depth > 1 ? walk->ends[depth - 1] : 0;

	FUZZ_ASSERT(name && depth >= 0 && depth < FDT_MAX_DEPTH && (len == 0) == (depth == 0));
	check_properties(walk->fdt, node);
	if (!depth)
		return;
	walk->ends[depth] = start + 1 + len;
	if (walk->ends[depth] >= MAX_PATH) {
		walk->ends[depth] = MAX_PATH;
		return;
	}
	walk->path[start] = '/';
	memcpy(walk->path + start + 1, name, len + 1);
	check_path(walk, node, depth);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	struct walk walk = { .fdt = data };
	int node, depth = -1, previous = -1, i;
	int err = fdt_check_full(data, size);
	u64 base, length;

	fuzz_touch(fdt_strerror(err), 1);
	if (err)
		return 0;
	FUZZ_ASSERT(fdt_totalsize(data) <= size);
	for (i = 0; !fdt_get_mem_rsv(data, i, &base, &length); i++)
		FUZZ_ASSERT(base || length);
	for (node = fdt_next_node(data, -1, &depth); node >= 0;
	     node = fdt_next_node(data, node, &depth)) {
		FUZZ_ASSERT(node > previous);
		check_node(&walk, node, depth);
		previous = node;
	}
	return 0;
}
