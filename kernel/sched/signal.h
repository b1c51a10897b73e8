/* SPDX-License-Identifier: MIT */
/*
 * Signals, as far as they end a task: there are no handlers and no masks, but a task may ignore a
 * signal. A signal whose default action in Linux is to terminate marks the task; the mark is taken
 * at the next return to user mode, and an interruptible sleep ends at once with -EINTR. Task 1 and
 * kernel threads cannot be killed.
 *
 * Linux counterpart: include/linux/sched/signal.h, kernel/signal.c
 */
#pragma once

#include <kernel/sched/sched.h>
#include <kernel/uapi/signal.h>

/* Whether p is about to be killed. */
static inline bool signal_pending(const struct task_struct *p)
{
	return READ_ONCE(p->kill_signal) != 0;
}

/* Whether a sleep of p in this state has to end for a kill. */
static inline bool signal_pending_state(unsigned int state, const struct task_struct *p)
{
	return (state & TASK_INTERRUPTIBLE) && signal_pending(p);
}

/* Whether p ignores sig by its own wish. */
static inline bool signal_ignored(const struct task_struct *p, int sig)
{
	return READ_ONCE(p->ignored_signals) >> (sig - 1) & 1;
}

/* Lets current ignore sig, or no longer; children and new programs inherit it. Not for SIGKILL. */
void ignore_signal(int sig, bool ignore);

/*
 * Marks p to be ended by sig, unless sig is ignored, by p's wish or because it ends nothing (it
 * tells of a child or a window, or continues what is not stopped). Any context, tasklist_lock held
 * or p == current.
 */
void send_sig(int sig, struct task_struct *p);

/*
 * Sends sig to the task with this pid; sig 0 only asks whether it exists. Returns 0, -ESRCH, or
 * -EINVAL for what is not a signal, or one that stops: no task can be stopped. Any context.
 */
int kill_pid(pid_t pid, int sig);

/* Sends sig to every descendant of the task with this pid, not to the task itself. Any context. */
void kill_descendants(pid_t pid, int sig);

/*
 * Ends current for what it did in user mode, whatever it ignores; one line says what it was. Both
 * return; exit_to_user_mode() does the rest. Called by trap code.
 *
 * force_sig_fault() is for an access to memory, and sig SIGSEGV or SIGBUS: access is "read",
 * "write" or "execution", why what is wrong with it; NULL: what is mapped at addr tells.
 * force_sig() is for any other instruction: what is "undefined instruction" or the like.
 */
void force_sig_fault(int sig, unsigned long addr, struct pt_regs *regs, const char *access,
		     const char *why);
void force_sig(int sig, struct pt_regs *regs, const char *what);
