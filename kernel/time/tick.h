/* SPDX-License-Identifier: MIT */
/*
 * The heartbeat: HZ times a second jiffies goes up, timers run and the scheduler is told.
 *
 * Linux counterpart: kernel/time/tick-common.c (here without dynamic ticks)
 */
#pragma once

#include <kernel/time/timekeeping.h>

struct clock_event_device;

/*
 * Uses dev, which is configured, for this processor's tick, unless it has a better one. Called by
 * the device's driver on the processor that owns it, interrupts off.
 */
void tick_check_new_device(struct clock_event_device *dev);

/* Returns when the tick was due in which the caller runs. From a timer's function. */
ktime_t tick_due(void);
