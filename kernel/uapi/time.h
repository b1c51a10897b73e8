/* SPDX-License-Identifier: MIT */
/*
 * Times. By the older calls a second is a long: on arm it has 32 bits, and ends in 2038. There
 * clock_gettime64() gives all of it.
 *
 * Linux counterpart: include/uapi/linux/{time,time_types}.h
 */
#pragma once

#define CLOCK_REALTIME  0
#define CLOCK_MONOTONIC 1

struct __kernel_old_timespec {
	long tv_sec;
	long tv_nsec;
};

struct __kernel_timespec {
	long long tv_sec;
	long long tv_nsec;
};
