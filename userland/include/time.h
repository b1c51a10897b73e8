/* SPDX-License-Identifier: MIT */
/*
 * Time. On arm these are the classic calls, whose seconds are 32 bits wide and end in 2038;
 * the structure is the same on both architectures because `long` is what differs.
 */
#pragma once

#include <sys/types.h>

#define CLOCK_REALTIME  0
#define CLOCK_MONOTONIC 1

struct timespec {
	time_t tv_sec;
	long tv_nsec;
};

struct tm {
	int tm_sec;
	int tm_min;
	int tm_hour;
	int tm_mday; /* 1 to 31 */
	int tm_mon;  /* 0 to 11 */
	int tm_year; /* since 1900 */
	int tm_wday; /* 0 is Sunday */
};

int clock_gettime(int clock, struct timespec *now);
int nanosleep(const struct timespec *duration, struct timespec *left);

/* Break seconds since 1970 (not negative) down into a date in UTC; returns tm. */
struct tm *gmtime_r(const time_t *seconds, struct tm *tm);
