/* SPDX-License-Identifier: MIT */
/*
 * A clock event device interrupts once, at a given time. The periodic tick is made of such single
 * events, each at a time that the one before decides, so that it does not drift.
 *
 * Linux counterpart: include/linux/clockchips.h (most devices there count down from now, and some
 * repeat by themselves)
 */
#pragma once

#include <kernel/lib/types.h>
#include <kernel/time/timekeeping.h>

struct clock_event_device {
	const char *name;
	int rating; /* the highest of a processor is used */
	int irq;
	/* Interrupt at that time, or at once when it is past. Interrupts off. */
	void (*set_next_ktime)(ktime_t expires, struct clock_event_device *dev);
	void (*set_state_shutdown)(struct clock_event_device *dev);
	/* Set by the tick; the device's interrupt handler calls it. */
	void (*event_handler)(struct clock_event_device *dev);
	ktime_t next_event;
};
