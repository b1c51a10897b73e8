/* SPDX-License-Identifier: MIT */
/* Time, and dates in UTC. */
#pragma once

#include <kernel/uapi/time.h>
#include <sys/types.h>

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

/*
 * Break seconds since 1970 down into a date in UTC. Returns tm; NULL and errno = EOVERFLOW for a
 * time before 1970 or after 19390.
 */
struct tm *gmtime_r(const time_t *seconds, struct tm *tm);
