/* SPDX-License-Identifier: MIT */
/*
 * The early reader's one way to the root. The nodes above a node of the flattened tree decide its
 * address on the CPU's bus, and whether it is in use.
 *
 * The flattened tree has no pointer upwards, so the way is found by walking down to the node and
 * remembering the last node of each depth.
 *
 * Linux counterpart: drivers/of/fdt_address.c
 */

#include <drivers/of/of_fdt.h>
#include <drivers/of/of_private.h>
#include <kernel/base/init.h>
#include <kernel/lib/fdt.h>

bool __init of_flat_dt_next(struct of_flat_place *at)
{
	int from = at->depth < 0 ? -1 : at->way[at->depth];
	int node = fdt_next_node(initial_boot_params, from, &at->depth);

	if (node < 0)
		return false;
	at->way[at->depth] = node;
	return true;
}

bool __init of_flat_dt_goto(struct of_flat_place *at, int node)
{
	for_each_flat_node(at)
	{
		if (at->way[at->depth] == node)
			return true;
	}
	return false;
}

static int __init flat_cell_count(int node, const char *name, int missing)
{
	int length;
	const __be32 *value = fdt_getprop(initial_boot_params, node, name, &length);

	return of_cell_count(fdt_get_name(initial_boot_params, node, NULL), name, value, length,
			     missing);
}

void __init of_flat_dt_bus(int node, struct of_bus *bus)
{
	bus->addr_cells = flat_cell_count(node, "#address-cells", OF_DEFAULT_ADDR_CELLS);
	bus->size_cells = flat_cell_count(node, "#size-cells", OF_DEFAULT_SIZE_CELLS);
	bus->ranges = fdt_getprop(initial_boot_params, node, "ranges", &bus->ranges_length);
	bus->above = NULL;
}

bool __init of_flat_dt_is_okay(int node)
{
	int length;
	const char *status = fdt_getprop(initial_boot_params, node, "status", &length);

	return !status || !fdt_stringlist_index(status, length, "okay") ||
	       !fdt_stringlist_index(status, length, "ok");
}

bool __init of_flat_dt_is_available(const struct of_flat_place *at)
{
	int depth;

	for (depth = 0; depth <= at->depth; depth++) {
		if (!of_flat_dt_is_okay(at->way[depth]))
			return false;
	}
	return true;
}

bool __init of_flat_dt_reg(const struct of_flat_place *at, phys_addr_t *start, phys_addr_t *size)
{
	static struct of_bus buses[FDT_MAX_DEPTH + 1] __initdata; /* too large for the boot stack */
	int depth, length;
	const __be32 *reg = fdt_getprop(initial_boot_params, at->way[at->depth], "reg", &length);
	u64 from, bytes;

	if (at->depth < 1)
		return false;
	for (depth = 0; depth < at->depth; depth++) {
		of_flat_dt_bus(at->way[depth], &buses[depth]);
		buses[depth].above = depth ? &buses[depth - 1] : NULL;
	}
	if (of_translate_reg(&buses[depth - 1], reg, length, 0, &from, &bytes))
		return false;
	*start = from;
	*size = bytes;
	return true;
}
