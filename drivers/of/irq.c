/* SPDX-License-Identifier: MIT */
/*
 * Which interrupts a device has. The tree says it in the controller's own cells; the controller's
 * irq domain translates them, and hands out a number.
 *
 * Linux counterpart: drivers/of/irq.c (there also interrupt-map, the table that a PCI host bridge
 * has)
 */

#define pr_fmt(fmt) "OF: " fmt

#include <drivers/of/of.h>
#include <kernel/base/printk.h>
#include <kernel/irq/irqdomain.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>

/* interrupt-parent is inherited from the nodes above. */
struct device_node *of_irq_find_parent(const struct device_node *np)
{
	u32 phandle;

	for (; np; np = np->parent) {
		if (!of_property_read_u32(np, "interrupt-parent", &phandle))
			return of_find_node_by_phandle(phandle);
	}
	return NULL;
}

/*
 * How many cells one interrupt of this controller takes; -EINVAL when it does not say, or too many.
 */
static int interrupt_cells(const struct device_node *controller)
{
	u32 cells;

	if (!controller || of_property_read_u32(controller, "#interrupt-cells", &cells) || !cells ||
	    cells > MAX_PHANDLE_ARGS)
		return -EINVAL;
	return cells;
}

static void copy_args(struct of_phandle_args *out, struct device_node *controller,
		      const __be32 *cells, int count)
{
	int i;

	out->np = controller;
	out->args_count = count;
	for (i = 0; i < count; i++)
		out->args[i] = be32_to_cpu(cells[i]);
}

/* interrupts-extended: each row is a controller's phandle and its cells. */
static int parse_extended(const __be32 *cells, int left, int index, struct of_phandle_args *out)
{
	while (left > 0) {
		struct device_node *controller = of_find_node_by_phandle(be32_to_cpu(*cells));
		int count = interrupt_cells(controller);

		if (count < 0 || count + 1 > left)
			return -EINVAL;
		if (!index--) {
			copy_args(out, controller, cells + 1, count);
			return 0;
		}
		cells += count + 1;
		left -= count + 1;
	}
	return -ENOENT;
}

int of_irq_parse_one(const struct device_node *np, int index, struct of_phandle_args *out)
{
	struct device_node *controller;
	const __be32 *cells;
	int len, count;

	cells = of_get_property(np, "interrupts-extended", &len);
	if (cells)
		return parse_extended(cells, len / (int)sizeof(*cells), index, out);
	cells = of_get_property(np, "interrupts", &len);
	if (!cells)
		return -ENOENT;
	controller = of_irq_find_parent(np);
	count = interrupt_cells(controller);
	if (count < 0 || len % (count * (int)sizeof(*cells))) {
		pr_err("%s: bad interrupts or no controller for them\n", np->full_name);
		return -EINVAL;
	}
	if (index < 0 || (index + 1) * count > len / (int)sizeof(*cells))
		return -ENOENT;
	copy_args(out, controller, cells + index * count, count);
	return 0;
}

int of_irq_get(const struct device_node *np, int index)
{
	struct of_phandle_args args;
	struct irq_fwspec fwspec;
	int ret = of_irq_parse_one(np, index, &args);

	if (ret)
		return ret;
	if (!irq_find_host(args.np))
		return -EPROBE_DEFER;
	fwspec.fwnode = args.np;
	fwspec.param_count = args.args_count;
	memcpy(fwspec.param, args.args, sizeof(fwspec.param));
	ret = irq_create_fwspec_mapping(&fwspec);
	return ret ? ret : -EINVAL;
}

unsigned int irq_of_parse_and_map(const struct device_node *np, int index)
{
	int irq = of_irq_get(np, index);

	return irq > 0 ? irq : 0;
}

int of_irq_count(const struct device_node *np)
{
	struct of_phandle_args args;
	int count = 0;

	while (!of_irq_parse_one(np, count, &args))
		count++;
	return count;
}
