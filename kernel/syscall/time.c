/* SPDX-License-Identifier: MIT */
/*
 * System calls about time.
 *
 * Linux counterpart: kernel/time/posix-timers.c, hrtimer.c (here a sleep is as fine as the tick)
 */

#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <kernel/syscall/syscall.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/timekeeping.h>
#include <kernel/uapi/time.h>
#include <mm/uaccess.h>

static void (*const clocks[])(struct timespec64 *ts) = {
	[CLOCK_REALTIME] = ktime_get_real_ts64,
	[CLOCK_MONOTONIC] = ktime_get_ts64,
};

SYSCALL_DEFINE2(clock_gettime, int, clock, struct timespec __user *, user)
{
	struct timespec64 now;
	struct timespec ts;

	if (clock < 0 || clock >= (int)ARRAY_SIZE(clocks))
		return -EINVAL;
	clocks[clock](&now);
	ts.tv_sec = now.tv_sec;
	ts.tv_nsec = now.tv_nsec;
	return copy_to_user(user, &ts, sizeof(ts)) ? -EFAULT : 0;
}

/* Rounded up, and one tick more, for the current one has begun already. */
static long timespec_to_jiffies(const struct timespec *ts)
{
	unsigned long whole = min_t(unsigned long, ts->tv_sec, MAX_JIFFY_OFFSET / HZ - 2) * HZ;

	return whole + DIV_ROUND_UP(ts->tv_nsec, TICK_NSEC) + 1;
}

/* What was left is not told: only a kill ends a sleep early, and then nobody reads it. */
SYSCALL_DEFINE2(nanosleep, const struct timespec __user *, user, struct timespec __user *,
		remaining)
{
	struct timespec ts;
	long timeout;

	if (copy_from_user(&ts, user, sizeof(ts)))
		return -EFAULT;
	if (ts.tv_sec < 0 || ts.tv_nsec < 0 || ts.tv_nsec >= NSEC_PER_SEC)
		return -EINVAL;
	timeout = ts.tv_sec || ts.tv_nsec ? timespec_to_jiffies(&ts) : 0;
	while (timeout && !signal_pending(current))
		timeout = schedule_timeout_interruptible(timeout);
	return signal_pending(current) ? -EINTR : 0;
}
