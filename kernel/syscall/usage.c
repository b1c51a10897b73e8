/* SPDX-License-Identifier: MIT */
/* What a process has used, and what it may use. Linux counterpart: kernel/sys.c */

#include <kernel/fs/fdtable.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/math64.h>
#include <kernel/sched/sched.h>
#include <kernel/syscall/syscall.h>
#include <kernel/syscall/usage.h>
#include <kernel/time/jiffies.h>
#include <mm/address_space.h>
#include <mm/uaccess.h>

/* --- time --- */

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

/* The time of children is not kept, so the answer for them is 0. */
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

/* --- limits --- */

#define RLIMIT_STACK  3
#define RLIMIT_NOFILE 7

struct rlimit64 {
	u64 rlim_cur, rlim_max;
};

/* The limits are constants: a program can read them, and cannot set them. */
u64 limit_of(unsigned int resource)
{
	static const u64 limits[RLIM_NLIMITS] = {
		[RLIMIT_STACK] = STACK_SIZE,
		[RLIMIT_NOFILE] = NR_OPEN_DEFAULT,
	};

	return limits[resource] ?: ~0ULL;
}

SYSCALL_DEFINE4(prlimit64, pid_t, pid, unsigned int, resource, const struct rlimit64 __user *, new,
		struct rlimit64 __user *, old)
{
	struct rlimit64 limit;

	if (resource >= RLIM_NLIMITS)
		return -EINVAL;
	if (pid && pid != current->pid)
		return -ESRCH;
	limit.rlim_cur = limit.rlim_max = limit_of(resource);
	if (old && copy_to_user(old, &limit, sizeof(limit)))
		return -EFAULT;
	return new ? -EPERM : 0;
}
