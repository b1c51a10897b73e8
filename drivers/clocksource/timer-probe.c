/* SPDX-License-Identifier: MIT */
/*
 * Starting the timers that the device tree names.
 *
 * Linux counterpart: drivers/clocksource/timer-probe.c
 */

#define pr_fmt(fmt) "timer: " fmt

#include <drivers/clocksource/timer_of.h>
#include <kernel/base/initcall.h>
#include <kernel/base/panic.h>
#include <kernel/base/printk.h>
#include <kernel/time/delay.h>
#include <kernel/time/jiffies.h>

#define FIRST_TICK_MSECS 100

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

static const struct device_node *timer_node __initdata;

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
		if (!err) {
			timer_node = np;
			return;
		}
		pr_err("%s: cannot be started (%d)\n", np->full_name, err);
	}
	panic("the device tree names no timer that this kernel can drive");
}

/*
 * A timer whose interrupt is another line than the tree says runs, but never ticks, and the first
 * program that sleeps would not wake up. The first tick was due when interrupts went on, so this
 * waits only where something is wrong.
 */
static int __init check_first_tick(void)
{
	unsigned int msecs;

	for (msecs = 0; jiffies == INITIAL_JIFFIES && msecs < FIRST_TICK_MSECS; msecs++)
		mdelay(1);
	if (jiffies == INITIAL_JIFFIES)
		pr_err("%s: no interrupt within %d ms: is its line in the device tree another? "
		       "Nothing that waits for time will go on\n",
		       timer_node->full_name, FIRST_TICK_MSECS);
	return 0;
}
core_initcall(check_first_tick);
