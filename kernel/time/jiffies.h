/* SPDX-License-Identifier: MIT */
/*
 * The tick as a unit of time. jiffies counts ticks since shortly before boot: it starts 300 seconds
 * short of its wrap-around at 32 bits, so that code which compares it wrongly fails in the first
 * five minutes. Compare only with time_after() and friends.
 *
 * Linux counterpart: include/linux/jiffies.h
 */
#pragma once

#include <kernel/lib/time_units.h>
#include <kernel/lib/types.h>

#define HZ               100
#define INITIAL_JIFFIES  ((unsigned long)(unsigned int)(-300 * HZ))
#define USER_HZ          100 /* the unit of times that programs get, whatever HZ is */
#define MAX_JIFFY_OFFSET ((~0UL >> 1) - 1)

#define TICK_NSEC (NSEC_PER_SEC / HZ)

/* Only the tick writes it (do_timer). */
extern volatile unsigned long jiffies;

#define time_after(a, b)    ((long)((b) - (a)) < 0)
#define time_before(a, b)   time_after(b, a)
#define time_after_eq(a, b) ((long)((a) - (b)) >= 0)

/* Rounded up, so that a wait is never too short. */
unsigned long msecs_to_jiffies(unsigned int msecs);
