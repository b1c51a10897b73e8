/* SPDX-License-Identifier: MIT */
/*
 * Time since boot for time stamps, from a counter that some driver registers; 0 until then.
 * Linux counterpart: include/linux/sched_clock.h
 */
#pragma once

#include <kernel/lib/types.h>

/* Nanoseconds since sched_clock_register(). Any context. */
u64 sched_clock(void);

/* read() gives a 64-bit counter that never stops, of hz ticks a second. From boot, once. */
void sched_clock_register(u64 (*read)(void), u32 hz);
