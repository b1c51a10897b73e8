/* SPDX-License-Identifier: MIT */
/*
 * The calendar: days since 1970 and back, by Gregorian rules.
 *
 * Years begin in March here, so that the leap day comes last and the lengths of the months before
 * it repeat: month m of such a year begins on its day (153 * m + 2) / 5. 400 years always have
 * 146,097 days.
 *
 * Linux counterpart: drivers/rtc/lib.c, kernel/time/time.c (mktime64)
 */

#include <kernel/lib/errno.h>
#include <kernel/lib/math64.h>
#include <kernel/time/rtc.h>

#define SECS_PER_DAY 86400
#define DAYS_PER_ERA 146097
#define DAYS_TO_1970 719468 /* from 1 March of year 0 */

static bool is_leap_year(unsigned int year)
{
	return (!(year % 4) && year % 100) || !(year % 400);
}

static unsigned int days_in_month(unsigned int month, unsigned int year)
{
	static const u8 days[] = { 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31 };

	return days[month] + (month == 1 && is_leap_year(year));
}

/* Days from 1 March of the year 0 to the given day; month 0 is January. */
static unsigned int day_number(unsigned int year, unsigned int month, unsigned int mday)
{
	unsigned int shifted_month = month < 2 ? month + 10 : month - 2;
	unsigned int shifted_year = month < 2 ? year - 1 : year;

	return shifted_year * 365 + shifted_year / 4 - shifted_year / 100 + shifted_year / 400 +
	       (153 * shifted_month + 2) / 5 + mday - 1;
}

static void set_date(unsigned int day, struct rtc_time *tm)
{
	unsigned int era = day / DAYS_PER_ERA;
	unsigned int in_era = day % DAYS_PER_ERA;
	unsigned int year = (in_era - in_era / 1460 + in_era / 36524 - in_era / 146096) / 365;
	unsigned int in_year = in_era - (365 * year + year / 4 - year / 100);
	unsigned int month = (5 * in_year + 2) / 153;

	tm->tm_mday = in_year - (153 * month + 2) / 5 + 1;
	tm->tm_mon = month < 10 ? month + 2 : month - 10;
	year += era * 400 + (tm->tm_mon < 2);
	tm->tm_year = year - 1900;
	tm->tm_yday = day - day_number(year, 0, 1);
}

void rtc_time64_to_tm(time64_t time, struct rtc_time *tm)
{
	u32 secs;
	unsigned int days = div_u64_rem(time, SECS_PER_DAY, &secs);

	tm->tm_hour = secs / 3600;
	tm->tm_min = secs / 60 % 60;
	tm->tm_sec = secs % 60;
	tm->tm_wday = (days + 4) % 7; /* 1970 began on a Thursday */
	set_date(days + DAYS_TO_1970, tm);
}

time64_t rtc_tm_to_time64(const struct rtc_time *tm)
{
	time64_t days = day_number(tm->tm_year + 1900, tm->tm_mon, tm->tm_mday) - DAYS_TO_1970;

	return days * SECS_PER_DAY + tm->tm_hour * 3600 + tm->tm_min * 60 + tm->tm_sec;
}

int rtc_valid_tm(const struct rtc_time *tm)
{
	if (tm->tm_year < 70 || tm->tm_year > 9999 - 1900 || (unsigned int)tm->tm_mon > 11 ||
	    tm->tm_mday < 1 || tm->tm_mday > (int)days_in_month(tm->tm_mon, tm->tm_year + 1900) ||
	    (unsigned int)tm->tm_hour > 23 || (unsigned int)tm->tm_min > 59 ||
	    (unsigned int)tm->tm_sec > 59)
		return -EINVAL;
	return 0;
}
