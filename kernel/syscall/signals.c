/* SPDX-License-Identifier: MIT */
/*
 * System calls about signals. A set of signals is 64 bits wide in all of them.
 *
 * Linux counterpart: kernel/signal.c, kernel/time/itimer.c
 */

#include <kernel/lib/errno.h>
#include <kernel/lib/math64.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/signal.h>
#include <kernel/syscall/syscall.h>
#include <kernel/syscall/timespec.h>
#include <kernel/time/jiffies.h>
#include <mm/uaccess.h>

/* --- sending --- */

/* 0: current's process group, -1: all that can be, less than that: a process group. */
SYSCALL_DEFINE2(kill, pid_t, pid, int, sig)
{
	if (pid > 0)
		return kill_pid(pid, sig);
	if (pid == -1)
		return kill_others(sig);
	return kill_pgrp(pid ? -pid : current->pgrp, sig);
}

/* A thread is a process here. */
SYSCALL_DEFINE2(tkill, pid_t, tid, int, sig)
{
	return tid > 0 ? kill_pid(tid, sig) : -EINVAL;
}

SYSCALL_DEFINE3(tgkill, pid_t, pid, pid_t, tid, int, sig)
{
	if (pid <= 0 || tid <= 0)
		return -EINVAL;
	return pid == tid ? kill_pid(tid, sig) : -ESRCH;
}

/* --- actions and masks --- */

SYSCALL_DEFINE4(rt_sigaction, int, sig, const struct kernel_sigaction __user *, new,
		struct kernel_sigaction __user *, old, size_t, mask_size)
{
	struct kernel_sigaction action, before;

	if (mask_size != sizeof(action.mask) || sig < 1 || sig > NSIG)
		return -EINVAL;
	if (new && copy_from_user(&action, new, sizeof(action)))
		return -EFAULT;
	if (new && (SIGMASK(sig) & UNBLOCKABLE_SIGNALS))
		return -EINVAL;
	change_action(sig, NULL, &before);
	if (old && copy_to_user(old, &before, sizeof(before)))
		return -EFAULT;
	if (new)
		change_action(sig, &action, NULL);
	return 0;
}

SYSCALL_DEFINE4(rt_sigprocmask, int, how, const u64 __user *, new, u64 __user *, old, size_t, size)
{
	u64 before = current->blocked, set;

	if (size != sizeof(set))
		return -EINVAL;
	if (new) {
		if (copy_from_user(&set, new, sizeof(set)))
			return -EFAULT;
		if (how == SIG_BLOCK)
			set |= before;
		else if (how == SIG_UNBLOCK)
			set = before & ~set;
		else if (how != SIG_SETMASK)
			return -EINVAL;
	}
	if (old && copy_to_user(old, &before, sizeof(before)))
		return -EFAULT;
	if (new)
		set_current_blocked(set);
	return 0;
}

SYSCALL_DEFINE2(rt_sigpending, u64 __user *, set, size_t, size)
{
	u64 pending = current->pending & current->blocked;

	if (size > sizeof(pending))
		return -EINVAL;
	return copy_to_user(set, &pending, size) ? -EFAULT : 0;
}

/* The old mask is restored after the handler of the signal that ends the wait. */
SYSCALL_DEFINE2(rt_sigsuspend, const u64 __user *, new, size_t, size)
{
	u64 set;

	if (size != sizeof(set))
		return -EINVAL;
	if (copy_from_user(&set, new, sizeof(set)))
		return -EFAULT;
	current->saved_sigmask = current->blocked;
	current->restore_sigmask = true;
	set_current_blocked(set);
	while (!signal_pending(current))
		schedule_timeout_interruptible(MAX_SCHEDULE_TIMEOUT);
	return -ERESTARTNOHAND;
}

/* What the frame says is hostile; one that cannot be read ends the program. */
SYSCALL_DEFINE0(rt_sigreturn)
{
	struct pt_regs *regs = current_pt_regs();
	u64 mask;

	if (restore_rt_frame(regs, &mask))
		force_sig(SIGSEGV, regs, "the frame of a signal handler cannot be read");
	else
		set_current_blocked(mask);
	return -EKEEPREGS;
}

static bool on_altstack(void)
{
	return current_pt_regs()->sp - current->altstack.ss_sp < current->altstack.ss_size;
}

SYSCALL_DEFINE2(sigaltstack, const stack_t __user *, new, stack_t __user *, old)
{
	stack_t before = current->altstack, stack;

	if (!before.ss_size)
		before.ss_flags = SS_DISABLE;
	else if (on_altstack())
		before.ss_flags = SS_ONSTACK;
	if (new) {
		if (copy_from_user(&stack, new, sizeof(stack)))
			return -EFAULT;
		if (on_altstack())
			return -EPERM;
		if (stack.ss_flags & SS_DISABLE)
			stack = (stack_t){};
		else if (stack.ss_flags & ~SS_ONSTACK)
			return -EINVAL;
		else if (stack.ss_size < MINSIGSTKSZ)
			return -ENOMEM;
		stack.ss_flags = 0;
	}
	if (old && copy_to_user(old, &before, sizeof(before)))
		return -EFAULT;
	if (new)
		current->altstack = stack;
	return 0;
}

/* --- the alarm clock --- */

#define ITIMER_REAL 0

struct timeval {
	long tv_sec, tv_usec;
};

struct itimerval {
	struct timeval it_interval, it_value;
};

static struct timeval ticks_to_timeval(unsigned long ticks)
{
	return (struct timeval){ ticks / HZ, ticks % HZ * (USEC_PER_SEC / HZ) };
}

static unsigned long timeval_to_ticks(const struct timeval *tv)
{
	const struct timespec64 ts = { tv->tv_sec, tv->tv_usec * 1000 };

	return tv->tv_sec || tv->tv_usec ? timespec64_to_jiffies(&ts) : 0;
}

static bool valid_timeval(const struct timeval *tv)
{
	return tv->tv_sec >= 0 && tv->tv_usec >= 0 && tv->tv_usec < USEC_PER_SEC;
}

SYSCALL_DEFINE3(setitimer, int, which, const struct itimerval __user *, new,
		struct itimerval __user *, old)
{
	const struct itimerval before = {
		ticks_to_timeval(current->real_interval),
		ticks_to_timeval(real_timer_left(current)),
	};
	struct itimerval timer = {};

	if (which != ITIMER_REAL)
		return -EINVAL;
	if (new && copy_from_user(&timer, new, sizeof(timer)))
		return -EFAULT;
	if (!valid_timeval(&timer.it_value) || !valid_timeval(&timer.it_interval))
		return -EINVAL;
	set_real_timer(current, timeval_to_ticks(&timer.it_value),
		       timeval_to_ticks(&timer.it_interval));
	return old && copy_to_user(old, &before, sizeof(before)) ? -EFAULT : 0;
}
