/* SPDX-License-Identifier: MIT */
/*
 * An address in a reg property is the bus's own. Each bus says in its ranges property where its
 * addresses appear on the bus above: rows of { child address, parent address, size }. Empty means
 * the same address; no ranges at all means that the CPU cannot reach what is below.
 *
 * Linux counterpart: drivers/of/address.c, __of_translate_address() (there PCI and ISA have
 * matching rules of their own)
 */

#define pr_fmt(fmt) "OF: " fmt

#include <drivers/of/of.h>
#include <drivers/of/of_private.h>
#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/fdt.h>

#define MAX_CELLS 4

u64 of_read_number(const __be32 *p, int cells)
{
	u64 value = 0;

	while (cells-- > 0)
		value = value << 32 | be32_to_cpu(*p++);
	return value;
}

static int read_cell_count(const void *fdt, int node, const char *name, int by_default)
{
	int len;
	const __be32 *value = fdt_getprop(fdt, node, name, &len);
	u32 cells;

	if (!value)
		return by_default;
	cells = len == sizeof(*value) ? be32_to_cpu(*value) : MAX_CELLS + 1;
	if (cells <= MAX_CELLS)
		return cells;
	pr_err("%s: bad %s\n", fdt_get_name(fdt, node, NULL), name);
	return -EINVAL;
}

int of_bus_cells(const void *fdt, int node, struct of_bus *bus)
{
	bus->addr_cells = read_cell_count(fdt, node, "#address-cells", 2);
	bus->size_cells = read_cell_count(fdt, node, "#size-cells", 1);
	return bus->addr_cells < 0 || bus->size_cells < 0 ? -EINVAL : 0;
}

/*
 * One step up: from an address on the bus at node to one on the bus above, which takes parent_cells
 * for it.
 */
static int translate_one(const void *fdt, int node, const struct of_bus *bus, int parent_cells,
			 u64 *addr)
{
	int row_cells = bus->addr_cells + parent_cells + bus->size_cells;
	int len, i;
	const __be32 *row = fdt_getprop(fdt, node, "ranges", &len);

	if (!row || !row_cells || len % (row_cells * (int)sizeof(*row)))
		return -EINVAL;
	if (!len)
		return 0;
	for (i = 0; i < len / (int)sizeof(*row); i += row_cells, row += row_cells) {
		u64 start = of_read_number(row, bus->addr_cells);
		u64 size = of_read_number(row + bus->addr_cells + parent_cells, bus->size_cells);

		if (*addr < start || *addr - start >= size)
			continue;
		*addr += of_read_number(row + bus->addr_cells, parent_cells) - start;
		return 0;
	}
	return -EINVAL;
}

int of_translate(const void *fdt, const int *buses, int count, const __be32 *addr, u64 *cpu_addr)
{
	struct of_bus bus, above;
	u64 result;
	int i;

	if (of_bus_cells(fdt, buses[0], &bus))
		return -EINVAL;
	result = of_read_number(addr, bus.addr_cells);
	for (i = 0; i + 1 < count; i++, bus = above) {
		if (of_bus_cells(fdt, buses[i + 1], &above) ||
		    translate_one(fdt, buses[i], &bus, above.addr_cells, &result))
			return -EINVAL;
	}
	*cpu_addr = result;
	return 0;
}
