/* SPDX-License-Identifier: MIT */
/*
 * Dates: days since 1970 become year, month and day.
 */
#include <errno.h>
#include <stddef.h>
#include <time.h>

/* A day has DAY << DAY_SHIFT seconds. */
#define DAY       675
#define DAY_SHIFT 7

static int is_leap(int year)
{
	return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static int days_in_month(int month, int year)
{
	static const signed char days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month] + (month == 1 && is_leap(year));
}

struct tm *gmtime_r(const time_t *seconds, struct tm *tm)
{
	/* 64-bit division is a library call on arm: the quotient of a part is that of the whole. */
	unsigned int part = *seconds >> DAY_SHIFT;
	int day = part / DAY;
	int second = part % DAY << DAY_SHIFT | (*seconds & ((1 << DAY_SHIFT) - 1));
	int year = 1970;
	int month = 0;

	if (*seconds >> DAY_SHIFT != part) {
		errno = EOVERFLOW;
		return NULL;
	}
	tm->tm_sec = second % 60;
	tm->tm_min = second / 60 % 60;
	tm->tm_hour = second / 3600;
	tm->tm_wday = (day + 4) % 7; /* 1 January 1970 was a Thursday */
	for (; day >= 365 + is_leap(year); year++)
		day -= 365 + is_leap(year);
	for (; day >= days_in_month(month, year); month++)
		day -= days_in_month(month, year);
	tm->tm_year = year - 1900;
	tm->tm_mon = month;
	tm->tm_mday = day + 1;
	return tm;
}
