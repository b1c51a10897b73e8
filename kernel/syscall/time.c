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
#include <kernel/syscall/timespec.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/timekeeping.h>
#include <kernel/uapi/time.h>
#include <mm/uaccess.h>

/* --- clocks --- */

static void process_cputime(struct timespec64 *ts)
{
	*ts = ns_to_timespec64(task_runtime(current));
}

/* The coarse and raw forms are for speed and for measuring the clock itself: the same here. */
static void (*const clocks[])(struct timespec64 *ts) = {
	[CLOCK_REALTIME] = ktime_get_real_ts64,       [CLOCK_MONOTONIC] = ktime_get_ts64,
	[CLOCK_PROCESS_CPUTIME_ID] = process_cputime, [CLOCK_THREAD_CPUTIME_ID] = process_cputime,
	[CLOCK_MONOTONIC_RAW] = ktime_get_ts64,       [CLOCK_REALTIME_COARSE] = ktime_get_real_ts64,
	[CLOCK_MONOTONIC_COARSE] = ktime_get_ts64,    [CLOCK_BOOTTIME] = ktime_get_ts64,
};

int read_clock(int clock, struct timespec64 *now)
{
	if (clock < 0 || clock >= (int)ARRAY_SIZE(clocks))
		return -EINVAL;
	clocks[clock](now);
	return 0;
}

SYSCALL_DEFINE2(clock_gettime, int, clock, struct __kernel_old_timespec __user *, user)
{
	struct timespec64 now;

	return read_clock(clock, &now) ?: put_old_timespec64(&now, user);
}

SYSCALL_DEFINE2(clock_getres, int, clock, struct __kernel_old_timespec __user *, user)
{
	struct timespec64 now, one = { .tv_nsec = 1 };

	return read_clock(clock, &now) ?: (user ? put_old_timespec64(&one, user) : 0);
}

/* There is no time zone: C libraries have their own. */
SYSCALL_DEFINE2(gettimeofday, struct __kernel_old_timespec __user *, user, void __user *, zone)
{
	struct timespec64 now;

	ktime_get_real_ts64(&now);
	now.tv_nsec /= NSEC_PER_USEC; /* struct timeval has the same form, in microseconds */
	return user ? put_old_timespec64(&now, user) : 0;
}

/* --- sleeping --- */

/* Rounded up, and one tick more, because the current one has begun already. */
unsigned long timespec64_to_jiffies(const struct timespec64 *ts)
{
	unsigned long whole = min_t(u64, ts->tv_sec, MAX_JIFFY_OFFSET / HZ - 2) * HZ;

	if (!ts->tv_sec && !ts->tv_nsec)
		return 0;
	return whole + DIV_ROUND_UP(ts->tv_nsec, TICK_NSEC) + 1;
}

/* What is left of ts on that clock; not negative. */
static struct timespec64 time_until(int clock, const struct timespec64 *ts)
{
	struct timespec64 now;

	read_clock(clock, &now);
	return ns_to_timespec64(max_t(s64, timespec64_to_ktime(ts) - timespec64_to_ktime(&now), 0));
}

long do_nanosleep(int clock, int flags, const struct timespec64 *ts, struct timespec64 *left)
{
	struct timespec64 span = *ts, now;
	unsigned long timeout;

	if (read_clock(clock, &now) || !timespec64_valid(ts))
		return -EINVAL;
	if (flags & TIMER_ABSTIME)
		span = time_until(clock, ts);
	timeout = timespec64_to_jiffies(&span);
	while (timeout && !signal_pending(current))
		timeout = schedule_timeout_interruptible(timeout);
	if (!timeout)
		return 0;
	*left = (struct timespec64){ timeout / HZ, timeout % HZ * TICK_NSEC };
	return flags & TIMER_ABSTIME ? -ERESTARTNOHAND : -EINTR;
}

SYSCALL_DEFINE4(clock_nanosleep, int, clock, int, flags,
		const struct __kernel_old_timespec __user *, user,
		struct __kernel_old_timespec __user *, remaining)
{
	struct timespec64 ts, left;
	long ret;

	if (get_old_timespec64(&ts, user))
		return -EFAULT;
	ret = do_nanosleep(clock, flags, &ts, &left);
	if (ret == -EINTR && remaining && put_old_timespec64(&left, remaining))
		return -EFAULT;
	return ret;
}

SYSCALL_DEFINE2(nanosleep, const struct __kernel_old_timespec __user *, user,
		struct __kernel_old_timespec __user *, remaining)
{
	struct timespec64 ts, left;
	long ret;

	if (get_old_timespec64(&ts, user))
		return -EFAULT;
	ret = do_nanosleep(CLOCK_MONOTONIC, 0, &ts, &left);
	if (ret == -EINTR && remaining && put_old_timespec64(&left, remaining))
		return -EFAULT;
	return ret;
}
