/* SPDX-License-Identifier: MIT */
/*
 * The real-time clock through its mapping: it counts, its wall clock is the kernel's, and an alarm
 * interrupts. The chip counts the host's seconds, which go on while the host runs something else:
 * no test expects that a second has not ended between two of its lines.
 */

#include <asm/processor.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/rtc.h>
#include <kernel/time/timekeeping.h>

static struct rtc_device *rtc;

static int setup(struct kunit *test)
{
	rtc = rtc_class_open();
	return rtc ? 0 : -ENODEV;
}

static time64_t chip_seconds(void)
{
	struct rtc_time tm;

	return rtc_read_time(rtc, &tm) ? -1 : rtc_tm_to_time64(&tm);
}

static void sets_the_wall_clock(struct kunit *test)
{
	struct timespec64 now;
	time64_t behind;

	ktime_get_real_ts64(&now);
	behind = chip_seconds() - now.tv_sec;
	KUNIT_EXPECT_TRUE(test, behind >= -1 && behind <= 1);
}

/* Sets an alarm two seconds ahead; once more, if they have passed before it was set. */
static int set_alarm_ahead(struct rtc_wkalrm *alarm)
{
	int err, tries;

	for (tries = 0, err = -EINVAL; err == -EINVAL && tries < 10; tries++) {
		rtc_time64_to_tm(chip_seconds() + 2, &alarm->time);
		err = rtc_set_alarm(rtc, alarm);
	}
	return err;
}

static void alarm_interrupts(struct kunit *test)
{
	struct rtc_wkalrm alarm = { .enabled = true };
	unsigned long before = rtc->irq_data;
	ktime_t give_up = ktime_get() + 10 * (ktime_t)NSEC_PER_SEC;

	KUNIT_ASSERT_EQ(test, set_alarm_ahead(&alarm), 0);
	while (READ_ONCE(rtc->irq_data) == before && ktime_get() < give_up)
		cpu_relax();
	KUNIT_EXPECT_EQ(test, rtc->irq_data, before + 1);
	KUNIT_EXPECT_TRUE(test, chip_seconds() >= rtc_tm_to_time64(&alarm.time));
}

static void disabled_alarm_is_silent(struct kunit *test)
{
	struct rtc_wkalrm alarm = { .enabled = false };
	unsigned long before = rtc->irq_data;
	ktime_t give_up = ktime_get() + 10 * (ktime_t)NSEC_PER_SEC;

	KUNIT_ASSERT_EQ(test, set_alarm_ahead(&alarm), 0);
	while (chip_seconds() <= rtc_tm_to_time64(&alarm.time) && ktime_get() < give_up)
		cpu_relax();
	KUNIT_EXPECT_EQ(test, rtc->irq_data, before);
	KUNIT_EXPECT_EQ(test, rtc_read_alarm(rtc, &alarm), 0);
	KUNIT_EXPECT_FALSE(test, alarm.enabled);
}

static void past_alarm_is_refused(struct kunit *test)
{
	struct rtc_wkalrm alarm = { .enabled = true };

	rtc_time64_to_tm(chip_seconds() - 1, &alarm.time);
	KUNIT_EXPECT_EQ(test, rtc_set_alarm(rtc, &alarm), -EINVAL);
}

static const struct kunit_case rtc_alarm_cases[] = { KUNIT_CASE(sets_the_wall_clock),
						     KUNIT_CASE(alarm_interrupts),
						     KUNIT_CASE(disabled_alarm_is_silent),
						     KUNIT_CASE(past_alarm_is_refused),
						     {} };

static const struct kunit_suite rtc_alarm_suite = {
	.name = "rtc_alarm",
	.init = setup,
	.cases = rtc_alarm_cases,
};
kunit_test_suite(rtc_alarm_suite);
