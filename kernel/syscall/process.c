/* SPDX-License-Identifier: MIT */
/*
 * System calls about tasks.
 *
 * Linux counterpart: kernel/{fork,exit,signal,sys}.c
 */

#include <kernel/exec/exec.h>
#include <kernel/lib/err.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <kernel/syscall/path.h>
#include <kernel/syscall/syscall.h>
#include <mm/uaccess.h>

SYSCALL_DEFINE1(exit, int, status)
{
	do_exit((status & 0xff) << 8);
}

SYSCALL_DEFINE1(exit_group, int, status)
{
	do_exit((status & 0xff) << 8);
}

/* fork() alone: no flags but the signal that the parent would get. */
SYSCALL_DEFINE5(clone, unsigned long, flags, unsigned long, newsp, int __user *, parent_tid,
		unsigned long, tls, int __user *, child_tid)
{
	struct kernel_clone_args args = { .stack = newsp, .tls = tls };

	if (flags != SIGCHLD)
		return -EINVAL;
	return kernel_clone(&args);
}

SYSCALL_DEFINE3(execve, const char __user *, user, const char __user *const __user *, argv,
		const char __user *const __user *, envp)
{
	char *path = getname(user);
	int error;

	if (IS_ERR(path))
		return PTR_ERR(path);
	error = do_execve(path, argv, envp);
	putname(path);
	return error;
}

SYSCALL_DEFINE4(wait4, pid_t, pid, int __user *, user_status, int, options, void __user *, rusage)
{
	int status = 0;
	pid_t child;

	if ((options & ~WNOHANG) || pid == 0 || pid < -1)
		return -EINVAL;
	if (rusage)
		return -EINVAL;
	child = kernel_wait4(pid, &status, options);
	if (child > 0 && user_status && put_user(status, user_status))
		return -EFAULT;
	return child;
}

SYSCALL_DEFINE2(kill, pid_t, pid, int, sig)
{
	return pid > 0 ? kill_pid(pid, sig) : -EINVAL;
}

/* A handler would run in the program, between two instructions of its own: there are none. */
SYSCALL_DEFINE4(rt_sigaction, int, sig, const struct kernel_sigaction __user *, new,
		struct kernel_sigaction __user *, old, size_t, mask_size)
{
	struct kernel_sigaction action, before = { .handler = SIG_DFL };

	if (mask_size != sizeof(action.mask) || sig < 1 || sig > NSIG)
		return -EINVAL;
	if (signal_ignored(current, sig))
		before.handler = SIG_IGN;
	if (new && copy_from_user(&action, new, sizeof(action)))
		return -EFAULT;
	if (new && (sig == SIGKILL || sig == SIGSTOP))
		return -EINVAL;
	if (new && action.handler != SIG_DFL && action.handler != SIG_IGN)
		return -ENOSYS;
	if (old && copy_to_user(old, &before, sizeof(before)))
		return -EFAULT;
	if (new)
		ignore_signal(sig, action.handler == SIG_IGN);
	return 0;
}

SYSCALL_DEFINE0(getpid)
{
	return current->pid;
}

SYSCALL_DEFINE0(getppid)
{
	return current->parent->pid;
}

SYSCALL_DEFINE0(sched_yield)
{
	schedule();
	return 0;
}
