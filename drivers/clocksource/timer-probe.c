/* SPDX-License-Identifier: MIT */
/*
 * Starting the timers that the device tree names.
 *
 * Linux counterpart: drivers/clocksource/timer-probe.c
 */

#define pr_fmt(fmt) "timer: " fmt

#include <drivers/clocksource/timer_of.h>
#include <kernel/base/panic.h>
#include <kernel/base/printk.h>

extern const struct of_timer __start_of_timers[], __stop_of_timers[];

static bool __init start_timer(const struct of_timer *timer)
{
	struct device_node *np = of_find_compatible_node(NULL, timer->compatible);
	int err;

	if (!np || !of_device_is_available(np))
		return false;
	err = timer->init(np);
	if (err)
		pr_err("%s: cannot be started (%d)\n", np->full_name, err);
	return !err;
}

void __init timer_probe(void)
{
	const struct of_timer *timer;

	for (timer = __start_of_timers; timer < __stop_of_timers; timer++) {
		if (start_timer(timer))
			return;
	}
	panic("the device tree names no timer that this kernel can drive");
}
