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

static const struct of_timer *__init find_timer(const struct device_node *np)
{
	const struct of_timer *timer;

	for (timer = __start_of_timers; timer < __stop_of_timers; timer++) {
		if (of_device_is_compatible(np, timer->compatible))
			return timer;
	}
	return NULL;
}

/* One timer is enough: the first node that is available and whose driver can start it. */
void __init timer_probe(void)
{
	const struct of_timer *timer;
	struct device_node *np;
	int err;

	for (np = of_find_all_nodes(NULL); np; np = of_find_all_nodes(np)) {
		timer = find_timer(np);
		if (!timer || !of_device_is_available(np))
			continue;
		err = timer->init(np);
		if (!err)
			return;
		pr_err("%s: cannot be started (%d)\n", np->full_name, err);
	}
	panic("the device tree names no timer that this kernel can drive");
}
