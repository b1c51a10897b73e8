/* SPDX-License-Identifier: MIT */
/*
 * Shared by the files of this folder: reading cells, and the one translation from a bus address to
 * the CPU's. It works on offsets of the flattened tree, so that it serves the first console as well
 * as the drivers.
 *
 * Linux counterpart: drivers/of/of_private.h
 */
#pragma once

#include <kernel/lib/byteorder.h>
#include <kernel/lib/types.h>

/* How many cells an address and a size take below a bus. */
struct of_bus {
	int addr_cells;
	int size_cells;
};

/* Fill in *bus for the bus at this offset. 0, or -EINVAL when it names a number above 4. */
int of_bus_cells(const void *fdt, int node, struct of_bus *bus);

/*
 * The CPU's view of the address addr, as written in the reg of a child of buses[0]. buses holds
 * count offsets: the child's parent, its parent, and so on to the root. 0, or -EINVAL when some bus
 * does not pass it on.
 */
int of_translate(const void *fdt, const int *buses, int count, const __be32 *addr, u64 *cpu_addr);
