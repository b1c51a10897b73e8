/* SPDX-License-Identifier: MIT */
/*
 * Signals. A signal that is sent becomes a bit in the task's `pending`; the task takes it at its
 * next return to user mode (deliver.c), and an interruptible sleep ends for it at once. A second
 * signal of the same number before that is the same signal. No task can be stopped: what would stop
 * one by default does nothing. Task 1 gets only signals that it has a handler for, and kernel
 * threads get none.
 *
 * siglock, interrupt-safe, protects a task's pending, blocked, sigpending and its sighand; only the
 * task itself changes its actions and its mask. Order: tasklist_lock, siglock, the run queue's
 * lock.
 *
 * Linux counterpart: include/linux/sched/signal.h, kernel/signal.c
 */
#pragma once

#include <kernel/sched/sched.h>
#include <kernel/uapi/signal.h>

/* A bit a signal: signal n has bit n - 1, as in Linux's sigset_t. */
#define SIGMASK(sig) (1ULL << ((sig) - 1))

/* What can never be blocked, ignored or caught. */
#define UNBLOCKABLE_SIGNALS (SIGMASK(SIGKILL) | SIGMASK(SIGSTOP))

/* Why a signal came, as far as struct siginfo tells it. */
struct signal_cause {
	int code;
	pid_t pid;          /* the sender, or the child that ended, */
	int status;         /* and how */
	unsigned long addr; /* of a fault */
};

/* The actions of a process, and why its pending signals came. */
struct sighand_struct {
	struct kernel_sigaction action[NSIG];
	struct signal_cause cause[NSIG];
};

/* A signal that a handler of the program is to be called for. */
struct ksignal {
	int sig;
	struct kernel_sigaction action;
	struct siginfo info;
};

/*
 * A result of a system call that a signal has interrupted, never seen by the program: it becomes
 * -EINTR, or the call starts again, at once or behind the handler. The first kind: when there is no
 * handler, or one with SA_RESTART; the second: in any case; the third: only when there is none.
 */
#define ERESTARTSYS    512
#define ERESTARTNOINTR 513
#define ERESTARTNOHAND 514
#define EKEEPREGS      515 /* not interrupted: the call has set the registers itself */

/* Whether p has a signal to take. */
static inline bool signal_pending(const struct task_struct *p)
{
	return READ_ONCE(p->sigpending);
}

/* Whether a sleep of p in this state has to end for a signal. */
static inline bool signal_pending_state(unsigned int state, const struct task_struct *p)
{
	return (state & TASK_INTERRUPTIBLE) && signal_pending(p);
}

/* ---- sending (signal.c) ---- */

/* The actions of a new process: all default, or a copy of p's. NULL without memory. */
struct sighand_struct *alloc_sighand(void);
struct sighand_struct *copy_sighand(const struct task_struct *p);

/* Of a new program: what had a handler has its default action again. */
void flush_signal_handlers(struct task_struct *p);

/* No signal reaches p any more; frees its actions. p is current, or has never run. */
void exit_sighand(struct task_struct *p);

/* Sets the action of sig for current, if new is not NULL; *old gets the one before, if wanted. */
void change_action(int sig, const struct kernel_sigaction *new, struct kernel_sigaction *old);

/* Blocks exactly these signals for current, SIGKILL and SIGSTOP never. */
void set_current_blocked(u64 mask);

/* Whether sig would do nothing to p, which is no kernel thread. p->siglock is held. */
bool signal_ignored(const struct task_struct *p, int sig);

/*
 * Takes the lowest signal that is pending and not blocked off current, and why it came. Returns its
 * number; 0: there is none.
 */
int take_signal(struct signal_cause *cause);

/* Which signals p ignores by its own wish, and for which it has handlers. Any context. */
void signal_sets(struct task_struct *p, u64 *ignored, u64 *caught);

/* Whether p does not want to hear of its children's ends: they leave no zombies. Any context. */
bool ignores_children(struct task_struct *p);

/*
 * Sends sig to p, unless p ignores it. Any context, tasklist_lock held or p == current.
 * send_sig() is for a signal of the kernel's own.
 */
void send_sig_cause(int sig, const struct signal_cause *cause, struct task_struct *p);
void send_sig(int sig, struct task_struct *p);

/*
 * Sends sig, as current, to the task with this pid, or to each of a process group; sig 0 only asks
 * whether it exists. kill_others() spares current and task 1. Return 0, -ESRCH, or -EINVAL for what
 * is not a signal, or is SIGSTOP: no task can be stopped. Any context.
 */
int kill_pid(pid_t pid, int sig);
int kill_pgrp(pid_t pgrp, int sig);
int kill_others(int sig);

/* What an instruction did to memory; and the word for it. */
enum mem_access { MEM_READ, MEM_WRITE, MEM_EXECUTION };
extern const char *const mem_access_names[];

/*
 * A signal for what current did in user mode: to its handler, or else its end, and then one line
 * says what it was. Both return; exit_to_user_mode() does the rest. Called by trap code.
 *
 * force_sig_mapping() is for an access to memory that the page tables do not allow: what is mapped
 * at addr tells why. force_sig_fault() is for one that fails for another reason, with the si_code
 * that says so, and why in words. force_sig() is for any other instruction: what is "undefined
 * instruction" or the like.
 */
void force_sig_mapping(unsigned long addr, struct pt_regs *regs, enum mem_access access);
void force_sig_fault(int sig, int code, unsigned long addr, struct pt_regs *regs,
		     enum mem_access access, const char *why);
void force_sig(int sig, struct pt_regs *regs, const char *what);

/* ---- taking (deliver.c) ---- */

/* Whether an interrupted system call waits for its end. */
static inline bool call_interrupted(const struct task_struct *p)
{
	return p->restart_code != 0;
}

/* Takes one pending signal of current: calls its handler, or ends the task. Interrupts on. */
void do_signal(struct pt_regs *regs);

/* Starts the interrupted call again: no signal that is left has a handler. */
void restart_call(struct pt_regs *regs);
