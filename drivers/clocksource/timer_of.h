/* SPDX-License-Identifier: MIT */
/*
 * Timers that boot needs announce themselves with TIMER_OF_DECLARE; timer_probe() starts those the
 * device tree has.
 *
 * Linux counterpart: include/linux/clocksource.h (TIMER_OF_DECLARE),
 * drivers/clocksource/timer-probe.c
 */
#pragma once

#include <drivers/of/of.h>
#include <kernel/base/init.h>

struct of_timer {
	const char *compatible;
	int (*init)(struct device_node *node); /* 0 or a negative errno */
};

#define TIMER_OF_DECLARE(name, compat, fn)                                         \
	static const struct of_timer __timer_##name __used __aligned(sizeof(long)) \
		__section("of_timers") = { .compatible = (compat), .init = (fn) }

/*
 * Starts the timers: from here on there are a clock and, once interrupts are on, a tick. Once, at
 * boot, interrupts off, after irqchip_init. Panics when there is none.
 */
void timer_probe(void);
