/* SPDX-License-Identifier: MIT */
/*
 * From a row of reg to a physical address, and from there to a pointer.
 *
 * An address in a reg property is the bus's own. Each bus says in its ranges property where its
 * addresses appear on the bus above: rows of { child address, parent address, size }. Empty means
 * the same address; no ranges at all means that the CPU cannot reach what is below. A chain of
 * struct of_bus holds all that, so one translation serves the first console, before there are
 * nodes, and the drivers.
 *
 * Linux counterpart: drivers/of/address.c (there PCI and ISA have matching rules of their own, and
 * a bus without cell counts has those of the bus above)
 */

#define pr_fmt(fmt) "OF: " fmt

#include <drivers/of/of.h>
#include <drivers/of/of_private.h>
#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <mm/ioremap.h>

#define MAX_CELLS 4

u64 of_read_number(const __be32 *p, int cells)
{
	u64 value = 0;

	while (cells-- > 0)
		value = value << 32 | be32_to_cpu(*p++);
	return value;
}

int of_cell_count(const char *node, const char *property, const __be32 *value, int length,
		  int missing)
{
	u32 cells;

	if (!value)
		return missing;
	cells = length == sizeof(*value) ? be32_to_cpu(*value) : MAX_CELLS + 1;
	if (cells <= MAX_CELLS)
		return cells;
	pr_err("%s: bad %s: it must be one cell, of 0 to %d\n", of_printable(node), property,
	       MAX_CELLS);
	return -1;
}

/* One step up: from an address on bus to the same place's address on the bus above. */
static int translate_one(const struct of_bus *bus, u64 *addr)
{
	int parent_cells = bus->above->addr_cells;
	int row_cells = bus->addr_cells + parent_cells + bus->size_cells;
	int i, cells = bus->ranges_length / (int)sizeof(__be32);
	const __be32 *row = bus->ranges;

	if (!row || !of_bus_is_sound(bus->above) || !row_cells || cells % row_cells)
		return -EINVAL;
	if (!bus->ranges_length)
		return 0;
	for (i = 0; i < cells; i += row_cells, row += row_cells) {
		u64 start = of_read_number(row, bus->addr_cells);
		u64 above = of_read_number(row + bus->addr_cells, parent_cells);
		u64 size = of_read_number(row + bus->addr_cells + parent_cells, bus->size_cells);

		if (*addr < start || *addr - start >= size)
			continue;
		*addr += above - start;
		return *addr < above ? -EINVAL : 0; /* a window that wraps is nonsense */
	}
	return -EINVAL;
}

int of_translate_reg(const struct of_bus *bus, const __be32 *reg, int length, int index, u64 *start,
		     u64 *size)
{
	int row_cells = bus->addr_cells + bus->size_cells;
	int err = 0;

	if (!reg || !of_bus_is_sound(bus) || !bus->addr_cells || index < 0 ||
	    index >= length / (int)sizeof(*reg) / row_cells)
		return -EINVAL;
	reg += index * row_cells;
	*start = of_read_number(reg, bus->addr_cells);
	*size = of_read_number(reg + bus->addr_cells, bus->size_cells);
	for (; bus->above && !err; bus = bus->above)
		err = translate_one(bus, start);
	return err || !*size || *start + *size - 1 < *start ? -EINVAL : 0;
}

int of_n_addr_cells(const struct device_node *np)
{
	return np->parent ? np->parent->bus.addr_cells : OF_DEFAULT_ADDR_CELLS;
}

int of_address_to_resource(const struct device_node *np, int index, struct resource *res)
{
	u64 start, size;
	int length;
	const __be32 *reg = of_get_property(np, "reg", &length);

	if (!np->parent || of_translate_reg(&np->parent->bus, reg, length, index, &start, &size))
		return -EINVAL;
	*res = (struct resource){
		.start = start,
		.end = start + size - 1,
		.name = np->full_name,
		.flags = IORESOURCE_MEM,
	};
	if (of_property_read_bool(np, "reg-names"))
		of_property_read_string_index(np, "reg-names", index, &res->name);
	return 0;
}

/*
 * The row in /proc/vmallocinfo says of_iomap: the area's owner is the caller of ioremap(). What is
 * behind reg may be shared between drivers, so nothing is claimed in the resource tree.
 */
void __iomem *of_iomap(const struct device_node *np, int index)
{
	struct resource res;

	if (of_address_to_resource(np, index, &res))
		return NULL;
	return ioremap(res.start, resource_size(&res));
}
