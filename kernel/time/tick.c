/* SPDX-License-Identifier: MIT */
/*
 * The tick. The processor programs its device from one event to the next; each event counts a
 * jiffy, keeps the clock, and ends the time slice.
 *
 * Ticks that could not be delivered (the machine was held by a debugger) are made up for, one call
 * each.
 *
 * Linux counterpart: kernel/time/tick-common.c
 */

#include <kernel/base/percpu.h>
#include <kernel/sched/sched.h>
#include <kernel/time/clockchips.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/tick.h>
#include <kernel/time/timekeeping.h>
#include <kernel/time/timer.h>

static DEFINE_PER_CPU(struct clock_event_device *, tick_cpu_device);

static void tick_periodic(void)
{
	jiffies = jiffies + 1;
	update_wall_time();
	run_local_timers();
	scheduler_tick();
}

static void tick_handle_periodic(struct clock_event_device *dev)
{
	ktime_t next = dev->next_event;

	do {
		tick_periodic();
		next += TICK_NSEC;
	} while (next <= ktime_get());
	clockevents_program_event(dev, next);
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
	clockevents_program_event(dev, ktime_get());
}
