/* SPDX-License-Identifier: MIT */
/* System calls about used time. Linux counterpart: kernel/sys.c (getrusage, times) */

#include <kernel/lib/errno.h>
#include <kernel/lib/math64.h>
#include <kernel/sched/sched.h>
#include <kernel/syscall/syscall.h>
#include <kernel/syscall/usage.h>
#include <kernel/time/jiffies.h>
#include <mm/uaccess.h>

void fill_rusage(struct rusage *usage, u64 runtime)
{
	u32 rest;

	*usage = (struct rusage){};
	usage->utime[0] = div_u64_rem(runtime, NSEC_PER_SEC, &rest);
	usage->utime[1] = rest / NSEC_PER_USEC;
}

#define RUSAGE_CHILDREN (-1)
#define RUSAGE_SELF     0
#define RUSAGE_THREAD   1

/* Of children nothing is kept: the answer is 0. */
SYSCALL_DEFINE2(getrusage, int, who, struct rusage __user *, user)
{
	struct rusage usage;

	if (who < RUSAGE_CHILDREN || who > RUSAGE_THREAD)
		return -EINVAL;
	fill_rusage(&usage, who == RUSAGE_CHILDREN ? 0 : task_runtime(current));
	return copy_to_user(user, &usage, sizeof(usage)) ? -EFAULT : 0;
}

struct tms {
	long tms_utime, tms_stime, tms_cutime, tms_cstime;
};

SYSCALL_DEFINE1(times, struct tms __user *, user)
{
	struct tms tms = { .tms_utime = div_u64(task_runtime(current), NSEC_PER_SEC / USER_HZ) };

	if (user && copy_to_user(user, &tms, sizeof(tms)))
		return -EFAULT;
	return (long)(jiffies - INITIAL_JIFFIES) * (USER_HZ / HZ);
}
