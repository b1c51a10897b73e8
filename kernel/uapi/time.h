/* SPDX-License-Identifier: MIT */
/*
 * Times. By the older calls a second is a long: on arm it has 32 bits, and ends in 2038. There
 * clock_gettime64() gives all of it.
 *
 * Linux counterpart: include/uapi/linux/{time,time_types}.h
 */
#pragma once

#define CLOCK_REALTIME           0
#define CLOCK_MONOTONIC          1
#define CLOCK_PROCESS_CPUTIME_ID 2
#define CLOCK_THREAD_CPUTIME_ID  3
#define CLOCK_MONOTONIC_RAW      4
#define CLOCK_REALTIME_COARSE    5
#define CLOCK_MONOTONIC_COARSE   6
#define CLOCK_BOOTTIME           7

#define TIMER_ABSTIME 1 /* of clock_nanosleep(): the time is a point, not a span */

struct __kernel_old_timespec {
	long tv_sec;
	long tv_nsec;
};

struct __kernel_timespec {
	long long tv_sec;
	long long tv_nsec;
};
