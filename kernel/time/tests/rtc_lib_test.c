/* SPDX-License-Identifier: MIT */
/*
 * The calendar, against days that are known and against itself over one whole cycle of 400 years.
 */

#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/time/rtc.h>

#define SECS_PER_DAY   86400
#define DAYS_PER_CYCLE 146097

static void known_days(struct kunit *test)
{
	static const struct {
		time64_t secs;
		int year, mon, mday, wday, yday;
	} days[] = {
		{ 0, 1970, 1, 1, 4, 0 },
		{ 951782400, 2000, 2, 29, 2, 59 },
		{ 951868800, 2000, 3, 1, 3, 60 },
		{ 1704067199, 2023, 12, 31, 0, 364 },
		{ 4102444800LL, 2100, 1, 1, 5, 0 },
		{ 4107542400LL, 2100, 3, 1, 1, 59 },
		{ 253402300799LL, 9999, 12, 31, 5, 364 },
	};
	struct rtc_time tm;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(days); i++) {
		rtc_time64_to_tm(days[i].secs, &tm);
		KUNIT_EXPECT_EQ(test, tm.tm_year + 1900, days[i].year);
		KUNIT_EXPECT_EQ(test, tm.tm_mon + 1, days[i].mon);
		KUNIT_EXPECT_EQ(test, tm.tm_mday, days[i].mday);
		KUNIT_EXPECT_EQ(test, tm.tm_wday, days[i].wday);
		KUNIT_EXPECT_EQ(test, tm.tm_yday, days[i].yday);
		KUNIT_EXPECT_EQ(test, rtc_tm_to_time64(&tm), days[i].secs);
	}
}

/* Every day follows the one before it, and comes back as it went. */
static void every_day_round_trips(struct kunit *test)
{
	struct rtc_time tm, last = { .tm_wday = 3 };
	time64_t day;
	int next_wday;

	for (day = 0; day < DAYS_PER_CYCLE; day++) {
		rtc_time64_to_tm(day * SECS_PER_DAY + 3661, &tm);
		KUNIT_ASSERT_EQ(test, rtc_tm_to_time64(&tm), day * SECS_PER_DAY + 3661);
		KUNIT_ASSERT_EQ(test, rtc_valid_tm(&tm), 0);
		next_wday = (last.tm_wday + 1) % 7;
		KUNIT_ASSERT_EQ(test, tm.tm_wday, next_wday);
		KUNIT_ASSERT_TRUE(test, tm.tm_mday == last.tm_mday + 1 || tm.tm_mday == 1);
		KUNIT_ASSERT_TRUE(test, tm.tm_yday == last.tm_yday + 1 || tm.tm_yday == 0);
		last = tm;
	}
}

static void nonsense_is_refused(struct kunit *test)
{
	static const struct rtc_time bad[] = {
		{ .tm_year = 69, .tm_mday = 1 },
		{ .tm_year = 8100, .tm_mday = 1 },
		{ .tm_year = 100, .tm_mon = 12, .tm_mday = 1 },
		{ .tm_year = 100, .tm_mon = -1, .tm_mday = 1 },
		{ .tm_year = 100, .tm_mday = 0 },
		{ .tm_year = 101, .tm_mon = 1, .tm_mday = 29 },
		{ .tm_year = 100, .tm_mon = 1, .tm_mday = 30 },
		{ .tm_year = 100, .tm_mday = 1, .tm_hour = 24 },
		{ .tm_year = 100, .tm_mday = 1, .tm_min = 60 },
		{ .tm_year = 100, .tm_mday = 1, .tm_sec = -1 },
	};
	struct rtc_time leap_day = { .tm_year = 100, .tm_mon = 1, .tm_mday = 29 };
	unsigned int i;

	KUNIT_EXPECT_EQ(test, rtc_valid_tm(&leap_day), 0);
	for (i = 0; i < ARRAY_SIZE(bad); i++)
		KUNIT_EXPECT_EQ(test, rtc_valid_tm(&bad[i]), -EINVAL);
}

static const struct kunit_case rtc_lib_cases[] = { KUNIT_CASE(known_days),
						   KUNIT_CASE(every_day_round_trips),
						   KUNIT_CASE(nonsense_is_refused),
						   {} };

static const struct kunit_suite rtc_lib_suite = { .name = "rtc_lib", .cases = rtc_lib_cases };
kunit_test_suite(rtc_lib_suite);
