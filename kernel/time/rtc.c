/* SPDX-License-Identifier: MIT */
/*
 * The real-time clock's kernel side: one chip, and what is common to all chips.
 *
 * Linux counterpart: drivers/rtc/class.c, interface.c
 */

#define pr_fmt(fmt) "rtc: " fmt

#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/time/rtc.h>

static struct rtc_device *rtc0;

/* Sets the kernel's clock from the chip's. */
static void rtc_hctosys(struct rtc_device *rtc)
{
	struct timespec64 ts = { 0 };
	struct rtc_time tm;
	int err = rtc_read_time(rtc, &tm);

	if (err) {
		pr_warn("%s: cannot read the time (%d), the wall clock stays in 1970\n", rtc->name,
			err);
		return;
	}
	ts.tv_sec = rtc_tm_to_time64(&tm);
	do_settimeofday64(&ts);
	pr_info("%s: setting system clock to %04d-%02d-%02dT%02d:%02d:%02d UTC (%lld)\n", rtc->name,
		tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday, tm.tm_hour, tm.tm_min, tm.tm_sec,
		ts.tv_sec);
}

int rtc_register_device(struct rtc_device *rtc)
{
	if (rtc0)
		return -EBUSY;
	rtc0 = rtc;
	rtc_hctosys(rtc);
	return 0;
}

void rtc_unregister_device(struct rtc_device *rtc)
{
	if (rtc0 == rtc)
		rtc0 = NULL;
}

struct rtc_device *rtc_class_open(void)
{
	return rtc0;
}

int rtc_read_time(struct rtc_device *rtc, struct rtc_time *tm)
{
	int err = rtc->ops->read_time(rtc->dev, tm);

	return err ? err : rtc_valid_tm(tm);
}

int rtc_read_alarm(struct rtc_device *rtc, struct rtc_wkalrm *alarm)
{
	return rtc->ops->read_alarm ? rtc->ops->read_alarm(rtc->dev, alarm) : -EINVAL;
}

int rtc_set_alarm(struct rtc_device *rtc, const struct rtc_wkalrm *alarm)
{
	struct rtc_time now;
	int err = rtc_read_time(rtc, &now);

	if (err)
		return err;
	if (!rtc->ops->set_alarm || rtc_valid_tm(&alarm->time) ||
	    rtc_tm_to_time64(&alarm->time) <= rtc_tm_to_time64(&now))
		return -EINVAL;
	return rtc->ops->set_alarm(rtc->dev, alarm);
}

void rtc_update_irq(struct rtc_device *rtc, unsigned long num, unsigned long events)
{
	if (events & RTC_AF)
		WRITE_ONCE(rtc->irq_data, rtc->irq_data + num);
}
