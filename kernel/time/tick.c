/* SPDX-License-Identifier: MIT */
/*
 * The tick. Each processor programs its device from one event to the next, and each event ends the
 * time slice there. The boot processor's also counts a jiffy, keeps the clock and runs the timers:
 * these are for all processors together.
 *
 * Ticks that could not be delivered (the machine was held by a debugger) are made up for, one call
 * each.
 *
 * Linux counterpart: kernel/time/tick-common.c
 */

#include <kernel/base/smp.h>
#include <kernel/sched/sched.h>
#include <kernel/time/clockchips.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/tick.h>
#include <kernel/time/timekeeping.h>
#include <kernel/time/timer.h>

static DEFINE_PER_CPU(struct clock_event_device *, tick_cpu_device);

static void program_event(struct clock_event_device *dev, ktime_t expires)
{
	dev->next_event = expires;
	dev->set_next_ktime(expires, dev);
}

static void do_timer(void)
{
	jiffies = jiffies + 1;
	run_local_timers(); /* first: they are due, and nobody waits for the rest */
	update_wall_time();
}

/* Returns when the next event is due. Only the boot processor makes up for lost ones. */
static ktime_t tick_periodic(ktime_t due)
{
	do {
		if (smp_processor_id() == 0)
			do_timer();
		due += TICK_NSEC;
	} while (due <= ktime_get());
	return due;
}

static void tick_handle_periodic(struct clock_event_device *dev)
{
	program_event(dev, tick_periodic(dev->next_event));
	scheduler_tick();
}

void tick_check_new_device(struct clock_event_device *dev)
{
	struct clock_event_device *old = this_cpu_read(tick_cpu_device);

	if (old && old->rating >= dev->rating)
		return;
	if (old && old->set_state_shutdown)
		old->set_state_shutdown(old);
	this_cpu_write(tick_cpu_device, dev);
	dev->event_handler = tick_handle_periodic;
	/* The first one is due at once: whether the line works is seen before anything waits. */
	program_event(dev, ktime_get());
}

ktime_t tick_due(void)
{
	return this_cpu_read(tick_cpu_device)->next_event;
}
