/* SPDX-License-Identifier: MIT */
/*
 * Ending tasks from outside. A signal here is only a mark, task_struct.kill_signal, and a wake-up;
 * the task ends itself when it next leaves the kernel, so that it never dies holding a lock.
 *
 * Linux counterpart: kernel/signal.c
 */

#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/sched/signal.h>
#include <mm/address_space.h>

/* A bit a signal: signal n has bit n - 1, as in Linux's sigset_t. */
#define SIGMASK(sig) BIT_ULL((sig) - 1)

/* Their default action is to stop the task, which is beyond this kernel, */
#define STOP_SIGNALS (SIGMASK(SIGSTOP) | SIGMASK(SIGTSTP) | SIGMASK(SIGTTIN) | SIGMASK(SIGTTOU))
/* or nothing. */
#define HARMLESS_SIGNALS (SIGMASK(SIGCHLD) | SIGMASK(SIGCONT) | SIGMASK(SIGURG) | SIGMASK(SIGWINCH))

/*
 * Task 1 is what user mode stands on, and a kernel thread never passes the door where marks are
 * taken.
 */
static bool unkillable(const struct task_struct *p)
{
	return p->pid <= 1 || !p->mm;
}

/* The first signal counts: it is the one that ended the task. */
static void mark_task(int sig, struct task_struct *p)
{
	if (!p->kill_signal)
		WRITE_ONCE(p->kill_signal, sig);
	wake_up_state(p, TASK_INTERRUPTIBLE);
}

void ignore_signal(int sig, bool ignore)
{
	u64 others = current->ignored_signals & ~SIGMASK(sig);

	WRITE_ONCE(current->ignored_signals, ignore ? others | SIGMASK(sig) : others);
}

void send_sig(int sig, struct task_struct *p)
{
	if (!unkillable(p) && !(SIGMASK(sig) & HARMLESS_SIGNALS) && !signal_ignored(p, sig))
		mark_task(sig, p);
}

int kill_pid(pid_t pid, int sig)
{
	struct task_struct *p;
	unsigned long flags;

	if (sig < 0 || sig > NSIG || (sig && (SIGMASK(sig) & STOP_SIGNALS)))
		return -EINVAL;
	spin_lock_irqsave(&tasklist_lock, flags);
	p = find_task_by_pid(pid);
	if (p && sig)
		send_sig(sig, p);
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return p ? 0 : -ESRCH;
}

static bool descends_from(const struct task_struct *p, pid_t pid)
{
	while (p != &init_task) {
		p = p->parent;
		if (p->pid == pid)
			return true;
	}
	return false;
}

void kill_descendants(pid_t pid, int sig)
{
	struct task_struct *p;
	unsigned long flags;

	spin_lock_irqsave(&tasklist_lock, flags);
	list_for_each_entry(p, &init_task.tasks, tasks)
		if (descends_from(p, pid))
			send_sig(sig, p);
	spin_unlock_irqrestore(&tasklist_lock, flags);
}

/* What is wrong with a user's access to addr. */
static const char *fault_reason(unsigned long addr)
{
	if (addr >= TASK_SIZE)
		return "kernel address";
	if (current->mm && find_vma(current->mm, addr))
		return "not permitted there";
	return "nothing is mapped there";
}

/* Task 1 is no exception here: with its program at fault, nothing is left to protect. */
void force_sig_fault(int sig, unsigned long addr, struct pt_regs *regs, const char *access,
		     const char *why)
{
	pr_info("%s[%d]: %s: %s of 0x%lx at pc 0x%lx: %s\n", current->comm, current->pid,
		sig == SIGBUS ? "bus error" : "segmentation fault", access, addr,
		instruction_pointer(regs), why ? why : fault_reason(addr));
	mark_task(sig, current);
}

void force_sig(int sig, struct pt_regs *regs, const char *what)
{
	pr_info("%s[%d]: killed by signal %d: %s at pc 0x%lx\n", current->comm, current->pid, sig,
		what, instruction_pointer(regs));
	mark_task(sig, current);
}
