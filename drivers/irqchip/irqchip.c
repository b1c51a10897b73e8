/* SPDX-License-Identifier: MIT */
/*
 * Starting the interrupt controllers that the device tree names. Without one there is no tick, so a
 * machine with none that we know stops here and says which it has.
 *
 * Linux counterpart: drivers/irqchip/irqchip.c, drivers/of/irq.c (of_irq_init, which also orders
 * cascades)
 */

#define pr_fmt(fmt) "irqchip: " fmt

#include <drivers/irqchip/irqchip.h>
#include <kernel/base/panic.h>
#include <kernel/base/printk.h>

extern const struct of_irqchip __start_of_irqchips[], __stop_of_irqchips[];

static const struct of_irqchip *__init find_irqchip(const struct device_node *np)
{
	const struct of_irqchip *chip;

	for (chip = __start_of_irqchips; chip < __stop_of_irqchips; chip++) {
		if (of_device_is_compatible(np, chip->compatible))
			return chip;
	}
	return NULL;
}

static void __init report_unknown(const struct device_node *np)
{
	const char *compatible = "(none)";

	of_property_read_string(np, "compatible", &compatible);
	pr_err("%s: no driver for an interrupt controller \"%s\"\n", np->full_name, compatible);
}

static void __init list_supported(void)
{
	const struct of_irqchip *chip;

	for (chip = __start_of_irqchips; chip < __stop_of_irqchips; chip++)
		pr_err("supported: \"%s\"\n", chip->compatible);
}

/*
 * A controller whose lines end in another one (interrupts of its own) is a device like any other.
 */
static bool __init is_root_controller(const struct device_node *np)
{
	const struct device_node *parent = of_irq_find_parent(np);

	return of_property_read_bool(np, "interrupt-controller") && of_device_is_available(np) &&
	       (!parent || parent == np);
}

void __init irqchip_init(void)
{
	const struct of_irqchip *chip;
	struct device_node *np;
	int started = 0, err;

	for (np = of_find_all_nodes(NULL); np; np = of_find_all_nodes(np)) {
		if (!is_root_controller(np))
			continue;
		chip = find_irqchip(np);
		if (!chip) {
			report_unknown(np);
			continue;
		}
		err = chip->init(np);
		if (err)
			pr_err("%s: cannot be started (%d)\n", np->full_name, err);
		else
			started++;
	}
	if (started)
		return;
	list_supported();
	panic("no interrupt controller that this kernel can drive: give QEMU "
	      "-M virt,gic-version=2 or 3 (GIC=2 or GIC=3 for make)");
}
