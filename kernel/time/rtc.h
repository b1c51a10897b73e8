/* SPDX-License-Identifier: MIT */
/*
 * Real-time clocks: a chip that knows the wall clock while the machine is off, and can interrupt at
 * a set time.
 *
 * The first chip that registers sets the kernel's wall clock.
 *
 * Linux counterpart: include/linux/rtc.h
 */
#pragma once

#include <kernel/base/spinlock.h>
#include <kernel/lib/types.h>
#include <kernel/time/timekeeping.h>

struct device;
struct seq_buf;

/* As in struct tm: tm_mon 0 to 11, tm_year since 1900, tm_wday 0 is Sunday, tm_yday 0 to 365. */
struct rtc_time {
	int tm_sec, tm_min, tm_hour;
	int tm_mday, tm_mon, tm_year;
	int tm_wday, tm_yday;
};

struct rtc_wkalrm {
	bool enabled;
	bool pending;
	struct rtc_time time;
};

/* dev is the device that registered. All return 0 or a negative errno; process context. */
struct rtc_class_ops {
	int (*read_time)(struct device *dev, struct rtc_time *tm);
	int (*read_alarm)(struct device *dev, struct rtc_wkalrm *alarm);
	int (*set_alarm)(struct device *dev, const struct rtc_wkalrm *alarm);
};

#define RTC_AF 0x20 /* an event is an alarm */

struct rtc_device {
	const char *name;
	struct device *dev;
	const struct rtc_class_ops *ops;
	unsigned long irq_data; /* alarms so far; written by rtc_update_irq alone */
};

/* Makes a clock known. name, dev and ops are filled. 0 or -EBUSY: one is enough. */
int rtc_register_device(struct rtc_device *rtc);
void rtc_unregister_device(struct rtc_device *rtc);

/* The clock, or NULL. */
struct rtc_device *rtc_class_open(void);

/* The clock's time, its alarm: 0 or a negative errno. Process context. */
int rtc_read_time(struct rtc_device *rtc, struct rtc_time *tm);
int rtc_read_alarm(struct rtc_device *rtc, struct rtc_wkalrm *alarm);

/* 0, or -EINVAL when the time is not ahead. Process context. */
int rtc_set_alarm(struct rtc_device *rtc, const struct rtc_wkalrm *alarm);

/* The driver's interrupt handler says that num alarms came (events: RTC_AF). */
void rtc_update_irq(struct rtc_device *rtc, unsigned long num, unsigned long events);

/* --- rtc_lib.c --- */

/* Between seconds since 1970 (not negative) and the calendar. */
void rtc_time64_to_tm(time64_t time, struct rtc_time *tm);
time64_t rtc_tm_to_time64(const struct rtc_time *tm);

/* 0, or -EINVAL when tm names no second between 1970 and 9999. */
int rtc_valid_tm(const struct rtc_time *tm);
