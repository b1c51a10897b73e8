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

static int read_clock(int clock, struct timespec64 *now)
{
	if (clock < 0 || clock >= (int)ARRAY_SIZE(clocks))
		return -EINVAL;
	clocks[clock](now);
	return 0;
}

/* Linux cuts the seconds to a long. A wrong date is worse than none. */
SYSCALL_DEFINE2(clock_gettime, int, clock, struct __kernel_old_timespec __user *, user)
{
	struct __kernel_old_timespec ts;
	struct timespec64 now;

	if (read_clock(clock, &now))
		return -EINVAL;
	ts.tv_sec = now.tv_sec;
	ts.tv_nsec = now.tv_nsec;
	if (ts.tv_sec != now.tv_sec)
		return -EOVERFLOW;
	return copy_to_user(user, &ts, sizeof(ts)) ? -EFAULT : 0;
}

#ifdef __NR_clock_gettime64
SYSCALL_DEFINE2(clock_gettime64, int, clock, struct __kernel_timespec __user *, user)
{
	struct __kernel_timespec ts;
	struct timespec64 now;

	if (read_clock(clock, &now))
		return -EINVAL;
	ts.tv_sec = now.tv_sec;
	ts.tv_nsec = now.tv_nsec;
	return copy_to_user(user, &ts, sizeof(ts)) ? -EFAULT : 0;
}
#endif

/* Rounded up, and one tick more, because the current one has begun already. */
static long timespec_to_jiffies(const struct __kernel_old_timespec *ts)
{
	unsigned long whole = min_t(unsigned long, ts->tv_sec, MAX_JIFFY_OFFSET / HZ - 2) * HZ;

	return whole + DIV_ROUND_UP(ts->tv_nsec, TICK_NSEC) + 1;
}

/* The time left is not told: only a kill ends a sleep early, and the program ends with it. */
SYSCALL_DEFINE2(nanosleep, const struct __kernel_old_timespec __user *, user,
		struct __kernel_old_timespec __user *, remaining)
{
	struct __kernel_old_timespec ts;
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
