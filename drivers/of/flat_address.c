/* SPDX-License-Identifier: MIT */
/*
 * From a compatible string to a physical address, in the flattened tree. The walk down to the node
 * keeps the way it came: those are the buses that the address has to be translated through.
 *
 * Linux counterpart: drivers/of/fdt_address.c
 */

#include <drivers/of/flat_address.h>
#include <drivers/of/of_fdt.h>
#include <drivers/of/of_private.h>
#include <kernel/base/init.h>
#include <kernel/lib/fdt.h>

/* Finds the node and fills path with the offsets from the root to it. Its depth, or -1. */
static int __init find_node(const char *compatible, int *path)
{
	int node, depth = -1;

	for (node = fdt_next_node(initial_boot_params, -1, &depth); node >= 0;
	     node = fdt_next_node(initial_boot_params, node, &depth)) {
		path[depth] = node;
		if (of_flat_dt_is_compatible(node, compatible))
			return depth;
	}
	return -1;
}

bool __init of_flat_dt_device_address(const char *compatible, phys_addr_t *addr)
{
	int path[FDT_MAX_DEPTH + 1], buses[FDT_MAX_DEPTH + 1];
	int depth = find_node(compatible, path), i, len;
	struct of_bus bus;
	const __be32 *reg;

	if (depth < 1)
		return false;
	for (i = 0; i < depth; i++)
		buses[i] = path[depth - 1 - i];
	reg = fdt_getprop(initial_boot_params, path[depth], "reg", &len);
	if (!reg || of_bus_cells(initial_boot_params, buses[0], &bus) ||
	    len < bus.addr_cells * (int)sizeof(*reg))
		return false;
	return !of_translate(initial_boot_params, buses, depth, reg, addr);
}
