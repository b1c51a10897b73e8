/* SPDX-License-Identifier: MIT */
/*
 * A clock event device is a timer that interrupts once, a given number of its own cycles from now.
 * The periodic tick is made of such single events, each programmed from the clock, so that it does
 * not drift.
 *
 * Linux counterpart: include/linux/clockchips.h (there devices can also repeat by themselves).
 */
#pragma once

#include <kernel/lib/types.h>
#include <kernel/time/timekeeping.h>

struct clock_event_device {
	const char *name;
	int rating;
	int irq;
	/* Interrupt in evt cycles from now. Interrupts off. */
	void (*set_next_event)(unsigned long evt, struct clock_event_device *dev);
	void (*set_state_shutdown)(struct clock_event_device *dev);
	/* Set by the tick; the device's interrupt handler calls it. */
	void (*event_handler)(struct clock_event_device *dev);
	u32 mult, shift;
	u64 min_delta_ns, max_delta_ns;
	ktime_t next_event;
};

/*
 * Tells dev its rate, freq Hz, and how many cycles it takes at least and at most; then offers it as
 * tick.
 */
void clockevents_config(struct clock_event_device *dev, u32 freq, unsigned long min_delta,
			unsigned long max_delta);

/* Have an event at that time, or as soon as the device can when it is past. Interrupts off. */
void clockevents_program_event(struct clock_event_device *dev, ktime_t expires);
