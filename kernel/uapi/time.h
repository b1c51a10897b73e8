/* SPDX-License-Identifier: MIT */
/*
 * Times, by the classic calls: a second is a long, so on arm it has 32 bits and ends in 2038.
 *
 * Linux counterpart: include/uapi/linux/{time,time_types}.h (struct __kernel_old_timespec)
 */
#pragma once

#define CLOCK_REALTIME  0
#define CLOCK_MONOTONIC 1

struct timespec {
	long tv_sec;
	long tv_nsec;
};
