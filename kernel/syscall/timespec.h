/* SPDX-License-Identifier: MIT */
/*
 * Times from and to user memory. The old structures have seconds as wide as a long, so on arm both
 * kinds are in use. Linux counterpart: kernel/time/time.c (get_timespec64 and its kin)
 */
#pragma once

#include <kernel/sched/sched.h>
#include <kernel/time/timekeeping.h>
#include <kernel/uapi/time.h>
#include <mm/uaccess.h>

/* Return 0 or -EFAULT. */
static inline int get_old_timespec64(struct timespec64 *ts,
				     const struct __kernel_old_timespec __user *user)
{
	struct __kernel_old_timespec old;

	if (copy_from_user(&old, user, sizeof(old)))
		return -EFAULT;
	*ts = (struct timespec64){ .tv_sec = old.tv_sec, .tv_nsec = old.tv_nsec };
	return 0;
}

static inline int get_timespec64(struct timespec64 *ts, const struct __kernel_timespec __user *user)
{
	struct __kernel_timespec wide;

	if (copy_from_user(&wide, user, sizeof(wide)))
		return -EFAULT;
	*ts = (struct timespec64){ .tv_sec = wide.tv_sec, .tv_nsec = (long)wide.tv_nsec };
	return 0;
}

static inline int put_timespec64(const struct timespec64 *ts, struct __kernel_timespec __user *user)
{
	struct __kernel_timespec wide = { .tv_sec = ts->tv_sec, .tv_nsec = ts->tv_nsec };

	return copy_to_user(user, &wide, sizeof(wide)) ? -EFAULT : 0;
}

/* -EOVERFLOW where the seconds do not fit: a wrong date is worse than none (Linux cuts them). */
static inline int put_old_timespec64(const struct timespec64 *ts,
				     struct __kernel_old_timespec __user *user)
{
	struct __kernel_old_timespec old = { .tv_sec = ts->tv_sec, .tv_nsec = ts->tv_nsec };

	if (old.tv_sec != ts->tv_sec)
		return -EOVERFLOW;
	return copy_to_user(user, &old, sizeof(old)) ? -EFAULT : 0;
}

/* --- calls that both kinds of time lead to (time.c, poll.c, identity.c) --- */

struct pollfd;

/* Reads a clock: 0 or -EINVAL. */
int read_clock(int clock, struct timespec64 *now);

/*
 * Sleeps for or, with TIMER_ABSTIME, until *ts. Returns 0, -EINVAL or -EINTR, and then *left is
 * what remains of a sleep for a time.
 */
long do_nanosleep(int clock, int flags, const struct timespec64 *ts, struct timespec64 *left);

/* Ticks for a time that is valid; rounded up. */
unsigned long timespec64_to_jiffies(const struct timespec64 *ts);

/* The same for a wait, which has no end when ts is NULL. */
static inline long timeout_jiffies(const struct timespec64 *ts)
{
	return ts ? (long)timespec64_to_jiffies(ts) : MAX_SCHEDULE_TIMEOUT;
}

/* ts NULL: without end. Results as poll() and select(). */
long do_ppoll(struct pollfd __user *fds, unsigned int nfds, const struct timespec64 *ts,
	      const u64 __user *mask);
long do_pselect(int n, unsigned long __user *const sets[3], const struct timespec64 *ts,
		const void __user *mask);
long do_futex(u32 __user *word, int op, u32 value, const struct timespec64 *ts);
