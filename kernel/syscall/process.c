/* SPDX-License-Identifier: MIT */
/*
 * System calls about tasks and their groups.
 *
 * Linux counterpart: kernel/{fork,exit,sys}.c
 */

#include <kernel/base/smp.h>
#include <kernel/exec/exec.h>
#include <kernel/lib/err.h>
#include <kernel/sched/sched.h>
#include <kernel/syscall/path.h>
#include <kernel/syscall/syscall.h>
#include <kernel/syscall/usage.h>
#include <mm/uaccess.h>

SYSCALL_DEFINE1(exit, int, status)
{
	do_exit((status & 0xff) << 8);
}

/* --- new processes and programs --- */

#define KNOWN_CLONE_FLAGS                                                        \
	(CSIGNAL | CLONE_VM | CLONE_VFORK | CLONE_SETTLS | CLONE_PARENT_SETTID | \
	 CLONE_CHILD_SETTID | CLONE_CHILD_CLEARTID)

/* A process that shares its memory may do so only while the other sleeps: there are no threads. */
static bool can_clone(unsigned long flags)
{
	return !(flags & ~KNOWN_CLONE_FLAGS) && (!(flags & CLONE_VM) || (flags & CLONE_VFORK));
}

/* The order of the last two is arm's and arm64's. CLONE_CHILD_CLEARTID is for threads to see. */
SYSCALL_DEFINE5(clone, unsigned long, flags, unsigned long, newsp, unsigned long, parent_tid,
		unsigned long, tls, unsigned long, child_tid)
{
	const struct kernel_clone_args args = {
		.flags = flags,
		.stack = newsp,
		.tls = tls,
		.parent_tid = parent_tid,
		.child_tid = child_tid,
	};

	return can_clone(flags) ? kernel_clone(&args) : -EINVAL;
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

/* --- children --- */

SYSCALL_DEFINE4(wait4, pid_t, pid, int __user *, user_status, int, options, struct rusage __user *,
		user_usage)
{
	struct rusage usage;
	int status = 0;
	u64 runtime;
	pid_t child;

	if (options & ~(WNOHANG | WUNTRACED | WCONTINUED))
		return -EINVAL;
	child = kernel_wait4(pid, &status, &runtime, options);
	if (child <= 0)
		return child;
	fill_rusage(&usage, runtime);
	if ((user_status && put_user(status, user_status)) ||
	    (user_usage && copy_to_user(user_usage, &usage, sizeof(usage))))
		return -EFAULT;
	return child;
}

/* --- numbers --- */

SYSCALL_DEFINE0(getpid)
{
	return current->pid;
}

SYSCALL_DEFINE0(getppid)
{
	return current->parent->pid;
}

/* The process group and the session of a task, pid 0 being current. Returns 0 or -ESRCH. */
static int groups_of(pid_t pid, pid_t *pgrp, pid_t *session)
{
	struct task_struct *p;
	unsigned long flags;

	spin_lock_irqsave(&tasklist_lock, flags);
	p = pid ? find_task_by_pid(pid) : current;
	if (p) {
		*pgrp = p->pgrp;
		*session = p->session;
	}
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return p ? 0 : -ESRCH;
}

SYSCALL_DEFINE1(getpgid, pid_t, pid)
{
	pid_t pgrp, session;

	return groups_of(pid, &pgrp, &session) ?: pgrp;
}

SYSCALL_DEFINE1(getsid, pid_t, pid)
{
	pid_t pgrp, session;

	return groups_of(pid, &pgrp, &session) ?: session;
}

/* Whether group pgrp is in current's session, or is the new one of p. tasklist_lock is held. */
static bool can_join(const struct task_struct *p, pid_t pgrp)
{
	const struct task_struct *other;

	if (p->pid == pgrp)
		return true;
	list_for_each_entry(other, &init_task.tasks, tasks)
		if (other->pgrp == pgrp && other->session == current->session)
			return true;
	return false;
}

static int set_group(pid_t pid, pid_t pgrp)
{
	struct task_struct *p = find_task_by_pid(pid);

	if (!p || (p != current && p->parent != current))
		return -ESRCH;
	if (p->session != current->session || p->session == p->pid || !can_join(p, pgrp))
		return -EPERM;
	p->pgrp = pgrp;
	return 0;
}

SYSCALL_DEFINE2(setpgid, pid_t, pid, pid_t, pgrp)
{
	unsigned long flags;
	int error;

	if (pgrp < 0)
		return -EINVAL;
	if (!pid)
		pid = current->pid;
	spin_lock_irqsave(&tasklist_lock, flags);
	error = set_group(pid, pgrp ? pgrp : pid);
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return error;
}

SYSCALL_DEFINE0(setsid)
{
	if (current->pgrp == current->pid)
		return -EPERM;
	current->session = current->pgrp = current->pid;
	return current->pid;
}

/* --- the rest --- */

/* Every task may run on every processor. Returns the bytes of the answer, as Linux does. */
SYSCALL_DEFINE3(sched_getaffinity, pid_t, pid, unsigned int, size, unsigned long __user *, user)
{
	pid_t pgrp, session;
	unsigned long mask = 0;
	unsigned int cpu;

	if (size < sizeof(mask) || size % sizeof(mask))
		return -EINVAL;
	if (groups_of(pid, &pgrp, &session))
		return -ESRCH;
	for_each_online_cpu(cpu)
		mask |= 1UL << cpu;
	return copy_to_user(user, &mask, sizeof(mask)) ? -EFAULT : (long)sizeof(mask);
}

SYSCALL_DEFINE0(sched_yield)
{
	schedule();
	return 0;
}
