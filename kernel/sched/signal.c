/* SPDX-License-Identifier: MIT */
/*
 * Sending signals, and what a process wants done with them. A signal is only a bit and a wake-up;
 * its task takes it when it next leaves the kernel, so that it never dies holding a lock.
 *
 * Linux counterpart: kernel/signal.c
 */

#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/sched/signal.h>
#include <mm/address_space.h>
#include <mm/slab.h>

/* Their default action is to stop the task, which is beyond this kernel, */
#define STOP_SIGNALS (SIGMASK(SIGSTOP) | SIGMASK(SIGTSTP) | SIGMASK(SIGTTIN) | SIGMASK(SIGTTOU))
/* or nothing. */
#define HARMLESS_SIGNALS (SIGMASK(SIGCHLD) | SIGMASK(SIGCONT) | SIGMASK(SIGURG) | SIGMASK(SIGWINCH))

/* Must be called when pending or blocked has changed. p->siglock is held. */
static void recalc_sigpending(struct task_struct *p)
{
	WRITE_ONCE(p->sigpending, (p->pending & ~p->blocked) != 0);
}

/* --- actions --- */

struct sighand_struct *alloc_sighand(void)
{
	return kzalloc(sizeof(struct sighand_struct), GFP_KERNEL);
}

struct sighand_struct *copy_sighand(const struct task_struct *p)
{
	struct sighand_struct *copy = alloc_sighand();

	if (copy)
		memcpy(copy->action, p->sighand->action, sizeof(copy->action));
	return copy;
}

void flush_signal_handlers(struct task_struct *p)
{
	struct kernel_sigaction *action = p->sighand->action;

	for (; action < p->sighand->action + NSIG; action++)
		*action = (struct kernel_sigaction){
			.handler = action->handler == SIG_IGN ? SIG_IGN : SIG_DFL,
		};
}

void exit_sighand(struct task_struct *p)
{
	struct sighand_struct *sighand = p->sighand;
	unsigned long flags;

	spin_lock_irqsave(&p->siglock, flags);
	p->sighand = NULL;
	p->pending = 0;
	p->sigpending = false;
	spin_unlock_irqrestore(&p->siglock, flags);
	kfree(sighand);
}

bool signal_ignored(const struct task_struct *p, int sig)
{
	unsigned long handler = p->sighand->action[sig - 1].handler;

	if (handler != SIG_DFL)
		return handler == SIG_IGN;
	return SIGMASK(sig) & (HARMLESS_SIGNALS | STOP_SIGNALS);
}

/* A signal that is pending and becomes ignored is dropped. */
void change_action(int sig, const struct kernel_sigaction *new, struct kernel_sigaction *old)
{
	struct kernel_sigaction *action = &current->sighand->action[sig - 1];
	unsigned long flags;

	spin_lock_irqsave(&current->siglock, flags);
	if (old)
		*old = *action;
	if (new) {
		*action = *new;
		if (signal_ignored(current, sig))
			current->pending &= ~SIGMASK(sig);
		recalc_sigpending(current);
	}
	spin_unlock_irqrestore(&current->siglock, flags);
}

void set_current_blocked(u64 mask)
{
	unsigned long flags;

	spin_lock_irqsave(&current->siglock, flags);
	current->blocked = mask & ~UNBLOCKABLE_SIGNALS;
	recalc_sigpending(current);
	spin_unlock_irqrestore(&current->siglock, flags);
}

int take_signal(struct signal_cause *cause)
{
	u64 ready;
	unsigned long flags;
	int sig = 0;

	spin_lock_irqsave(&current->siglock, flags);
	ready = current->pending & ~current->blocked;
	if (ready) {
		while (!(ready & SIGMASK(++sig)))
			;
		current->pending &= ~SIGMASK(sig);
		*cause = current->sighand->cause[sig - 1];
		recalc_sigpending(current);
	}
	spin_unlock_irqrestore(&current->siglock, flags);
	return sig;
}

void signal_sets(struct task_struct *p, u64 *ignored, u64 *caught)
{
	unsigned long flags, handler;
	int sig;

	*ignored = *caught = 0;
	spin_lock_irqsave(&p->siglock, flags);
	for (sig = 1; sig <= NSIG && p->sighand; sig++) {
		handler = p->sighand->action[sig - 1].handler;
		*ignored |= handler == SIG_IGN ? SIGMASK(sig) : 0;
		*caught |= handler > SIG_IGN ? SIGMASK(sig) : 0;
	}
	spin_unlock_irqrestore(&p->siglock, flags);
}

bool ignores_children(struct task_struct *p)
{
	const struct kernel_sigaction *action;
	unsigned long flags;
	bool ignores = false;

	spin_lock_irqsave(&p->siglock, flags);
	if (p->sighand) {
		action = &p->sighand->action[SIGCHLD - 1];
		ignores = action->handler == SIG_IGN || (action->flags & SA_NOCLDWAIT);
	}
	spin_unlock_irqrestore(&p->siglock, flags);
	return ignores;
}

/* --- sending --- */

/* p->siglock is held. The first cause counts, because one signal is delivered. */
static void mark_pending(int sig, const struct signal_cause *cause, struct task_struct *p)
{
	if (!(p->pending & SIGMASK(sig)))
		p->sighand->cause[sig - 1] = *cause;
	p->pending |= SIGMASK(sig);
	recalc_sigpending(p);
	if (!(p->blocked & SIGMASK(sig)))
		wake_up_state(p, TASK_INTERRUPTIBLE);
}

/*
 * Whether a signal would be lost: kernel threads never return to user mode, and without a handler
 * it would end task 1, which user mode depends on. p->siglock is held.
 */
static bool unreachable(const struct task_struct *p, int sig)
{
	return !p->sighand || (p->pid <= 1 && p->sighand->action[sig - 1].handler == SIG_DFL);
}

/* A blocked signal stays pending also if it is ignored: its action may change meanwhile. */
void send_sig_cause(int sig, const struct signal_cause *cause, struct task_struct *p)
{
	unsigned long flags;

	spin_lock_irqsave(&p->siglock, flags);
	if (!unreachable(p, sig) && ((p->blocked & SIGMASK(sig)) || !signal_ignored(p, sig)))
		mark_pending(sig, cause, p);
	spin_unlock_irqrestore(&p->siglock, flags);
}

void send_sig(int sig, struct task_struct *p)
{
	send_sig_cause(sig, &(struct signal_cause){ .code = SI_KERNEL }, p);
}

/* Which tasks a kill is for; the key is a pid or a process group. */
static bool has_pid(const struct task_struct *p, pid_t pid)
{
	return p->pid == pid;
}

static bool is_in_group(const struct task_struct *p, pid_t pgrp)
{
	return p->mm && p->pgrp == pgrp;
}

static bool is_other(const struct task_struct *p, pid_t unused)
{
	return p->mm && p->pid > 1 && p != current;
}

static int kill_matching(bool (*matches)(const struct task_struct *p, pid_t key), pid_t key,
			 int sig)
{
	const struct signal_cause cause = { .code = SI_USER, .pid = current->pid };
	struct task_struct *p;
	unsigned long flags;
	int error = -ESRCH;

	if (sig < 0 || sig > NSIG || sig == SIGSTOP)
		return -EINVAL;
	spin_lock_irqsave(&tasklist_lock, flags);
	list_for_each_entry(p, &init_task.tasks, tasks) {
		if (!matches(p, key))
			continue;
		error = 0;
		if (sig)
			send_sig_cause(sig, &cause, p);
	}
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return error;
}

int kill_pid(pid_t pid, int sig)
{
	return kill_matching(has_pid, pid, sig);
}

int kill_pgrp(pid_t pgrp, int sig)
{
	return kill_matching(is_in_group, pgrp, sig);
}

int kill_others(int sig)
{
	return kill_matching(is_other, 0, sig);
}

/* --- faults --- */

/*
 * A fault cannot wait: where the program blocks or ignores the signal, it ends. Returns whether it
 * has a handler. Task 1 is no exception here: with its program at fault, nothing is left to
 * protect.
 */
static bool force_pending(int sig, const struct signal_cause *cause)
{
	struct kernel_sigaction *action = &current->sighand->action[sig - 1];
	unsigned long flags;
	bool handled;

	spin_lock_irqsave(&current->siglock, flags);
	handled = action->handler > SIG_IGN && !(current->blocked & SIGMASK(sig));
	if (!handled) {
		action->handler = SIG_DFL;
		current->blocked &= ~SIGMASK(sig);
	}
	mark_pending(sig, cause, current);
	spin_unlock_irqrestore(&current->siglock, flags);
	return handled;
}

const char *const mem_access_names[] = {
	[MEM_READ] = "read",
	[MEM_WRITE] = "write",
	[MEM_EXECUTION] = "execution",
};

void force_sig_fault(int sig, int code, unsigned long addr, struct pt_regs *regs,
		     enum mem_access access, const char *why)
{
	struct signal_cause cause = { .code = code, .addr = addr };

	if (force_pending(sig, &cause))
		return;
	pr_info("%s[%d]: %s: %s of 0x%lx at pc 0x%lx: %s\n", current->comm, current->pid,
		sig == SIGBUS ? "bus error" : "segmentation fault", mem_access_names[access], addr,
		instruction_pointer(regs), why);
}

/*
 * Only an area of a file can lack a page that the program may touch: the file had no more. The
 * right comes first, as in Linux. The processor knows none that leaves out reading.
 */
static bool file_has_no_page(const struct vm_area_struct *vma, enum mem_access access)
{
	static const unsigned long rights[] = {
		[MEM_READ] = VM_ACCESS_FLAGS,
		[MEM_WRITE] = VM_WRITE,
		[MEM_EXECUTION] = VM_EXEC,
	};

	return vma->vm_file && (vma->vm_flags & rights[access]);
}

void force_sig_mapping(unsigned long addr, struct pt_regs *regs, enum mem_access access)
{
	bool user = current->mm && addr < TASK_SIZE;
	struct vm_area_struct *vma = user ? find_vma(current->mm, addr) : NULL;

	if (!vma)
		force_sig_fault(SIGSEGV, SEGV_MAPERR, addr, regs, access,
				user ? "nothing is mapped there" : "kernel address");
	else if (file_has_no_page(vma, access))
		force_sig_fault(SIGBUS, BUS_ADRERR, addr, regs, access,
				"the mapped file ended before");
	else
		force_sig_fault(SIGSEGV, SEGV_ACCERR, addr, regs, access, "not permitted there");
}

void force_sig(int sig, struct pt_regs *regs, const char *what)
{
	struct signal_cause cause = { .code = ILL_ILLOPC, .addr = instruction_pointer(regs) };

	if (force_pending(sig, &cause))
		return;
	pr_info("%s[%d]: killed by signal %d: %s at pc 0x%lx\n", current->comm, current->pid, sig,
		what, instruction_pointer(regs));
}
