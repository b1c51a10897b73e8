/* SPDX-License-Identifier: MIT */
/*
 * What time it is: ktime_get() counts from boot and never goes back; ktime_get_real() is the same
 * plus the wall clock's offset, and jumps when the wall clock is set.
 *
 * All readings may be taken in any context. Before the first clocksource all of them are 0.
 *
 * Linux counterpart: include/linux/timekeeping.h, ktime.h (there readers use a sequence counter,
 * here a spinlock, which the reader of one number can afford).
 */
#pragma once

#include <kernel/lib/types.h>

struct clocksource;

typedef s64 ktime_t;  /* nanoseconds */
typedef s64 time64_t; /* seconds since 1970 */

struct timespec64 {
	time64_t tv_sec;
	long tv_nsec;
};

ktime_t ktime_get(void);
ktime_t ktime_get_real(void);
void ktime_get_ts64(struct timespec64 *ts);
void ktime_get_real_ts64(struct timespec64 *ts);

/*
 * The value of cs's counter at which the clock has come to a time: at once for a past one, and at
 * most CLOCKSOURCE_INVERSE_SECONDS ahead. cs is the clock's. Any context.
 */
u64 ktime_to_cycles(const struct clocksource *cs, ktime_t when);

/* Splits nanoseconds; ns is not negative. */
struct timespec64 ns_to_timespec64(s64 ns);

/* Whether ts is a time to wait for: not negative, and less than a second of nanoseconds. */
bool timespec64_valid(const struct timespec64 *ts);

/* ts in nanoseconds. What is more than a ktime_t can tell, about 292 years, is its largest. */
ktime_t timespec64_to_ktime(const struct timespec64 *ts);

/* Sets the wall clock. Returns 0, or -EINVAL when ts is not a valid time. */
int do_settimeofday64(const struct timespec64 *ts);

/* Goes on counting with cs, without a jump. Called by clocksource.c. */
void timekeeping_notify(struct clocksource *cs);

/*
 * Moves the base up to now, so that the next reading's multiplication cannot overflow. Called by
 * the tick.
 */
void update_wall_time(void);
