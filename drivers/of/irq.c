/* SPDX-License-Identifier: MIT */
/*
 * Which interrupts a device has, and at which controller.
 *
 * Interrupt lines form a tree of their own. A device's row of interrupts is written in the cells of
 * its interrupt parent. That is a controller, whose irq domain translates the row, or a nexus: a
 * bus that passes lines on, and says in interrupt-map which of them becomes which line further up.
 * A nexus may lead to another one, so the row is translated until it arrives at a controller.
 *
 * Source: Devicetree Specification 0.4, 2.4 "Interrupts and Interrupt Mapping"
 * Linux counterpart: drivers/of/irq.c
 */

#define pr_fmt(fmt) "OF: " fmt

#include <drivers/of/of_private.h>
#include <kernel/base/printk.h>
#include <kernel/irq/irqdomain.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/fdt.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

/* A longer way goes round in a ring, as it can in a wrong tree. */
#define MAX_PARENTS (2 * FDT_MAX_DEPTH)
#define MAX_NEXUS   16

static int interrupt_cells(const struct device_node *np)
{
	return of_row_cells(np, "#interrupt-cells");
}

struct device_node *of_irq_find_parent(const struct device_node *np)
{
	struct device_node *parent;
	int steps;
	u32 handle;

	for (steps = 0; np && steps < MAX_PARENTS; np = parent, steps++) {
		if (of_property_read_u32(np, "interrupt-parent", &handle))
			parent = np->parent;
		else
			parent = of_find_node_by_phandle(handle);
		if (parent && of_property_read_bool(parent, "#interrupt-cells"))
			return parent;
	}
	return NULL;
}

/* Row index as the device has it: where it goes first, in that node's cells. */
static int parse_own(const struct device_node *np, int index, struct of_phandle_args *out)
{
	struct device_node *parent;
	int length, count;
	const __be32 *cells;

	if (of_property_read_bool(np, "interrupts-extended"))
		return of_parse_phandle_with_args(np, "interrupts-extended", "#interrupt-cells",
						  index, out);
	cells = of_get_property(np, "interrupts", &length);
	if (!cells)
		return -ENOENT;
	parent = of_irq_find_parent(np);
	count = interrupt_cells(parent);
	if (count < 0 || length % (count * (int)sizeof(*cells)))
		return -EINVAL;
	if (index < 0 || index >= length / (int)sizeof(*cells) / count)
		return -ENOENT;
	of_set_args(out, parent, cells + index * count, count);
	return 0;
}

/* A row of interrupt-map: where its parts begin, and how many cells they take. */
struct map_row {
	const __be32 *child; /* unit address and interrupt below the nexus */
	int child_cells;
	struct device_node *parent;
	const __be32 *parent_addr; /* the same above it, behind the parent's phandle */
	int addr_cells, irq_cells;
};

/* Reads the row at cells, of which left are there. Returns its cells, or -EINVAL. */
static int read_row(struct map_row *row, const __be32 *cells, int left)
{
	u32 addr_cells = 0;

	if (left <= row->child_cells)
		return -EINVAL;
	row->child = cells;
	row->parent = of_find_node_by_phandle(be32_to_cpu(cells[row->child_cells]));
	row->parent_addr = cells + row->child_cells + 1;
	row->irq_cells = interrupt_cells(row->parent);
	/* A controller without devices below it need not say how it would address them. */
	if (row->irq_cells > 0)
		of_property_read_u32(row->parent, "#address-cells", &addr_cells);
	if (row->irq_cells < 0 || addr_cells > MAX_ADDR_CELLS)
		return -EINVAL;
	row->addr_cells = addr_cells;
	left -= row->child_cells + 1 + row->addr_cells + row->irq_cells;
	return left < 0 ? -EINVAL : row->child_cells + 1 + row->addr_cells + row->irq_cells;
}

/* Whether the row is the one for wanted, in the bits of the mask (NULL: all). */
static bool row_matches(const struct map_row *row, const u32 *wanted, const __be32 *mask)
{
	int i;

	for (i = 0; i < row->child_cells; i++) {
		u32 bits = mask ? be32_to_cpu(mask[i]) : ~0U;

		if ((wanted[i] ^ be32_to_cpu(row->child[i])) & bits)
			return false;
	}
	return true;
}

/* Where a line is on its way: unit address and interrupt, in the cells of the node irq->np. */
struct line {
	u32 addr[MAX_ADDR_CELLS];
	int addr_cells;
	struct of_phandle_args *irq;
};

/* One step: what the interrupt-map of the nexus that the line has come to makes of it. */
static int translate(struct line *line)
{
	struct of_phandle_args *irq = line->irq;
	int length, mask_length, at, cells;
	const __be32 *map = of_get_property(irq->np, "interrupt-map", &length);
	const __be32 *mask = of_get_property(irq->np, "interrupt-map-mask", &mask_length);
	struct map_row row = { .child_cells = line->addr_cells + irq->args_count };
	u32 wanted[MAX_ADDR_CELLS + MAX_PHANDLE_ARGS];

	if (line->addr_cells < 0 || (mask && mask_length / (int)sizeof(*mask) < row.child_cells))
		return -EINVAL;
	memcpy(wanted, line->addr, line->addr_cells * sizeof(*wanted));
	memcpy(wanted + line->addr_cells, irq->args, irq->args_count * sizeof(*wanted));
	for (at = 0; at < length / (int)sizeof(*map); at += cells) {
		cells = read_row(&row, map + at, length / (int)sizeof(*map) - at);
		if (cells < 0)
			return -EINVAL;
		if (!row_matches(&row, wanted, mask))
			continue;
		line->addr_cells = row.addr_cells;
		of_read_cells(line->addr, row.parent_addr, row.addr_cells);
		of_set_args(irq, row.parent, row.parent_addr + row.addr_cells, row.irq_cells);
		return 0;
	}
	return -EINVAL;
}

/* Follows the line from nexus to nexus, up to a controller. */
int of_irq_parse_raw(const u32 *unit, struct of_phandle_args *irq)
{
	struct line line = { .addr_cells = irq->np->bus.addr_cells, .irq = irq };
	int step;

	memcpy(line.addr, unit, sizeof(line.addr));
	for (step = 0; step < MAX_NEXUS; step++) {
		if (of_property_read_bool(irq->np, "interrupt-controller") ||
		    !of_property_read_bool(irq->np, "interrupt-map"))
			return 0;
		if (translate(&line))
			return -EINVAL;
	}
	return -EINVAL;
}

int of_irq_parse_one(const struct device_node *np, int index, struct of_phandle_args *out)
{
	int length, err = parse_own(np, index, out);
	const __be32 *reg = of_get_property(np, "reg", &length);
	u32 unit[MAX_ADDR_CELLS] = {};

	if (reg)
		of_read_cells(unit, reg, min(length / (int)sizeof(*reg), MAX_ADDR_CELLS));
	if (!err)
		err = of_irq_parse_raw(unit, out);
	if (err == -EINVAL)
		pr_err("%s: interrupt %d leads to no controller, or is not written in its cells\n",
		       of_printable(np->full_name), index);
	return err;
}

int irq_create_of_mapping(const struct of_phandle_args *args)
{
	struct irq_fwspec fwspec = { .fwnode = args->np, .param_count = args->args_count };

	if (!irq_find_host(args->np))
		return -EPROBE_DEFER;
	memcpy(fwspec.param, args->args, sizeof(fwspec.param));
	return irq_create_fwspec_mapping(&fwspec) ?: -EINVAL;
}

int of_irq_get(const struct device_node *np, int index)
{
	struct of_phandle_args args;

	return of_irq_parse_one(np, index, &args) ?: irq_create_of_mapping(&args);
}

int of_irq_get_byname(const struct device_node *np, const char *name)
{
	int index = of_property_match_string(np, "interrupt-names", name);

	return index < 0 ? index : of_irq_get(np, index);
}
