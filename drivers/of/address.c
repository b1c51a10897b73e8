/* SPDX-License-Identifier: MIT */
/*
 * From a row of reg to a resource, and from there to a pointer.
 *
 * Linux counterpart: drivers/of/address.c
 */

#include <drivers/of/of.h>
#include <drivers/of/of_fdt.h>
#include <drivers/of/of_private.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/fdt.h>
#include <mm/ioremap.h>

/* The offsets of the buses above np, nearest first; how many there are. */
static int buses_above(const struct device_node *np, int *buses)
{
	int count = 0;

	for (np = np->parent; np; np = np->parent)
		buses[count++] = np->offset;
	return count;
}

/*
 * Row index of reg, as it stands there: its address cells and its size. NULL when it is not there.
 */
static const __be32 *reg_row(const struct device_node *np, int index, u64 *size)
{
	struct of_bus bus;
	int len, row_cells;
	const __be32 *reg = of_get_property(np, "reg", &len);

	if (!reg || !np->parent || of_bus_cells(initial_boot_params, np->parent->offset, &bus))
		return NULL;
	row_cells = bus.addr_cells + bus.size_cells;
	if (!bus.addr_cells || index < 0 || (index + 1) * row_cells > len / (int)sizeof(*reg))
		return NULL;
	reg += index * row_cells;
	*size = of_read_number(reg + bus.addr_cells, bus.size_cells);
	return reg;
}

int of_address_to_resource(const struct device_node *np, int index, struct resource *res)
{
	int buses[FDT_MAX_DEPTH + 1];
	u64 start, size;
	const __be32 *row = reg_row(np, index, &size);

	if (!row || !size ||
	    of_translate(initial_boot_params, buses, buses_above(np, buses), row, &start) ||
	    start + size - 1 < start)
		return -EINVAL;
	*res = (struct resource){
		.start = start,
		.end = start + size - 1,
		.name = np->full_name,
		.flags = IORESOURCE_MEM,
	};
	of_property_read_string_index(np, "reg-names", index, &res->name);
	return 0;
}

/*
 * The row in /proc/vmallocinfo says of_iomap: the area's owner is who called ioremap, not who
 * called us. What is behind reg may be shared between drivers, so nothing is claimed in the
 * resource tree.
 */
void __iomem *of_iomap(const struct device_node *np, int index)
{
	struct resource res;

	if (of_address_to_resource(np, index, &res))
		return NULL;
	return ioremap(res.start, resource_size(&res));
}
