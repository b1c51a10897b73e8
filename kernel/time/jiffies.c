/* SPDX-License-Identifier: MIT */
/*
 * The tick count and its conversions.
 *
 * Linux counterpart: kernel/time/jiffies.c, time.c
 */

#include <kernel/lib/macros.h>
#include <kernel/lib/math64.h>
#include <kernel/time/jiffies.h>

volatile unsigned long jiffies = INITIAL_JIFFIES;

unsigned long msecs_to_jiffies(unsigned int msecs)
{
	const unsigned int per_tick = MSEC_PER_SEC / HZ;

	return msecs / per_tick + (msecs % per_tick != 0);
}
