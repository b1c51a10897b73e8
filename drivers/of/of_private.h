/* SPDX-License-Identifier: MIT */
/*
 * Shared by the two readers of the device tree: the early one, which walks the flattened tree, and
 * the nodes. What an address means is decided in one place for both, by what a chain of buses says.
 *
 * Linux counterpart: drivers/of/of_private.h
 */
#pragma once

#include <drivers/of/of.h>
#include <kernel/lib/byteorder.h>

/* A node's name in a message: the root's is empty. */
static inline const char *of_printable(const char *full_name)
{
	return *full_name ? full_name : "/";
}

/* What a node without these properties means (Devicetree Specification 2.3.5). */
#define OF_DEFAULT_ADDR_CELLS 2
#define OF_DEFAULT_SIZE_CELLS 1

/* Whether rows of addresses below the bus can be read at all. */
static inline bool of_bus_is_sound(const struct of_bus *bus)
{
	return bus->addr_cells >= 0 && bus->size_cells >= 0;
}

/*
 * Returns the cell count that a property's value of length bytes holds, missing when value is NULL.
 * -1, after a message that names the node and the property, when it is not one cell of at most 4.
 * (address.c)
 */
int of_cell_count(const char *node, const char *property, const __be32 *value, int length,
		  int missing);

/*
 * Row index of a reg of length bytes below bus, as the CPU sees it. Returns 0; -EINVAL when the row
 * is not there, is empty or wraps, or when a bus on the way does not pass it on. (address.c)
 */
int of_translate_reg(const struct of_bus *bus, const __be32 *reg, int length, int index, u64 *start,
		     u64 *size);

/*
 * The array that of_root begins, and the table of phandles: node with phandle h is in the chain
 * of_phandles[h & of_phandle_mask]. Compilers number the nodes that are referred to from 1 on, so a
 * chain has hardly more than one node. (unflatten.c)
 */
extern int of_node_count;
extern struct device_node **of_phandles;
extern u32 of_phandle_mask;

static inline struct device_node **of_phandle_chain(phandle handle)
{
	return &of_phandles[handle & of_phandle_mask];
}

/*
 * How many cells np, which cells_name is a property of ("#gpio-cells"), takes in a reference to it.
 * -EINVAL when it does not say, or none, or too many. (base.c)
 */
int of_row_cells(const struct device_node *np, const char *cells_name);

static inline void of_read_cells(u32 *out, const __be32 *cells, int count)
{
	while (count--)
		*out++ = be32_to_cpu(*cells++);
}

/* Fills *out. count is at most MAX_PHANDLE_ARGS. (base.c) */
void of_set_args(struct of_phandle_args *out, struct device_node *np, const __be32 *cells,
		 int count);

/* What the node at this offset of the flattened tree says about its children. (fdt_address.c) */
void of_flat_dt_bus(int node, struct of_bus *bus);

/* Whether the node has no status other than "okay" and "ok"; those above it are not asked. */
bool of_flat_dt_is_okay(int node);
