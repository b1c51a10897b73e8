/* SPDX-License-Identifier: MIT */
/*
 * System calls that a C library makes when a program starts, or that ask who the program is. There
 * is one user, 0, and a process has one thread.
 *
 * Linux counterpart: kernel/{sys,groups,rseq}.c, kernel/futex/, drivers/char/random.c
 */

#include <kernel/base/random.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/sched/signal.h>
#include <kernel/syscall/syscall.h>
#include <kernel/syscall/timespec.h>
#include <mm/page.h>
#include <mm/uaccess.h>

SYSCALL_DEFINE0(getuid)
{
	return 0;
}

SYSCALL_DEFINE1(setuid, unsigned int, id)
{
	return id ? -EPERM : 0;
}

/* A process has no groups besides the one that getgid() returns. */
SYSCALL_DEFINE2(getgroups, int, size, unsigned int __user *, list)
{
	return size < 0 ? -EINVAL : 0;
}

#define PR_SET_NAME 15
#define PR_GET_NAME 16

SYSCALL_DEFINE2(prctl, int, option, char __user *, name)
{
	char comm[TASK_COMM_LEN] = "";

	switch (option) {
	case PR_SET_NAME:
		if (strncpy_from_user(comm, name, sizeof(comm) - 1) < 0)
			return -EFAULT;
		set_task_comm(current, comm);
		return 0;
	case PR_GET_NAME:
		return copy_to_user(name, current->comm, sizeof(comm)) ? -EFAULT : 0;
	default:
		return -EINVAL;
	}
}

/* The list serves processes whose threads end while they hold a lock. Here each has one thread. */
SYSCALL_DEFINE2(set_robust_list, void __user *, head, size_t, size)
{
	return 0;
}

/* An optimisation. C libraries work without it and always ask, so the log does not report it. */
SYSCALL_DEFINE0(rseq)
{
	return -ENOSYS;
}

/* --- futex --- */

#define FUTEX_WAIT     0
#define FUTEX_WAKE     1
#define FUTEX_CMD_MASK 0x7f /* the other bits: how the word is shared, and by which clock */

/* No thread shares the word: a wait ends by its time or by a signal, and a wake finds no waiter. */
long do_futex(u32 __user *word, int op, u32 value, const struct timespec64 *ts)
{
	long timeout;
	u32 now;

	if ((op & FUTEX_CMD_MASK) == FUTEX_WAKE)
		return 0;
	if ((op & FUTEX_CMD_MASK) != FUTEX_WAIT)
		return -ENOSYS;
	if ((ts && !timespec64_valid(ts)) || (unsigned long)word % sizeof(now))
		return -EINVAL;
	if (get_user(now, word))
		return -EFAULT;
	if (now != value)
		return -EAGAIN;
	timeout = timeout_jiffies(ts);
	while (timeout && !signal_pending(current))
		timeout = schedule_timeout_interruptible(timeout);
	return timeout ? -ERESTARTSYS : -ETIMEDOUT;
}

SYSCALL_DEFINE4(futex, u32 __user *, word, int, op, u32, value,
		const struct __kernel_old_timespec __user *, user_ts)
{
	struct timespec64 ts;

	if ((op & FUTEX_CMD_MASK) != FUTEX_WAIT)
		user_ts = NULL; /* another call's number */
	if (user_ts && get_old_timespec64(&ts, user_ts))
		return -EFAULT;
	return do_futex(word, op, value, user_ts ? &ts : NULL);
}

/* --- random bytes --- */

#define GRND_NONBLOCK 1
#define GRND_RANDOM   2
#define GRND_INSECURE 4 /* GRND_RANDOM contradicts it */

SYSCALL_DEFINE3(getrandom, char __user *, buf, size_t, size, unsigned int, flags)
{
	size_t done = 0, bytes;
	u8 chunk[64];

	if (flags & ~(GRND_NONBLOCK | GRND_RANDOM | GRND_INSECURE) ||
	    (flags & GRND_RANDOM && flags & GRND_INSECURE))
		return -EINVAL;
	while (done < size) {
		bytes = min(size - done, sizeof(chunk));
		get_random_bytes(chunk, bytes);
		if (copy_to_user(buf + done, chunk, bytes))
			return -EFAULT;
		done += bytes;
		if (done % PAGE_SIZE == 0 && signal_pending(current))
			break; /* not before: a signal must not make a key shorter */
	}
	return done;
}
