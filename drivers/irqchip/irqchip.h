/* SPDX-License-Identifier: MIT */
/*
 * Interrupt controllers announce themselves with IRQCHIP_DECLARE; the linker collects them,
 * irqchip_init() calls those whose compatible string the device tree has.
 *
 * Linux counterpart: include/linux/irqchip.h
 */
#pragma once

#include <drivers/of/of.h>
#include <kernel/base/init.h>

struct of_irqchip {
	const char *compatible;
	int (*init)(struct device_node *node); /* 0 or a negative errno */
};

#define IRQCHIP_DECLARE(name, compat, fn)                                              \
	static const struct of_irqchip __irqchip_##name __used __aligned(sizeof(long)) \
		__section("of_irqchips") = { .compatible = (compat), .init = (fn) }

/*
 * Starts the controllers. Once, at boot, interrupts off, when kmalloc and ioremap work. Panics when
 * there is none.
 */
void irqchip_init(void);
