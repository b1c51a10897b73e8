/* SPDX-License-Identifier: MIT */
/*
 * Time stamps. Linux counterpart: kernel/time/sched_clock.c (there with a mult/shift pair and
 * epochs).
 */
#include <kernel/base/clock.h>
#include <kernel/lib/math64.h>
#include <kernel/lib/time_units.h>

static u64 (*clock_read)(void);
static u64 clock_start;
static u32 clock_hz;

void sched_clock_register(u64 (*read)(void), u32 hz)
{
	clock_start = read();
	clock_hz = hz;
	clock_read = read;
}

u64 sched_clock(void)
{
	u64 seconds;
	u32 rest;

	if (!clock_read)
		return 0;
	seconds = div_u64_rem(clock_read() - clock_start, clock_hz, &rest);
	return seconds * NSEC_PER_SEC + div_u64((u64)rest * NSEC_PER_SEC, clock_hz);
}
