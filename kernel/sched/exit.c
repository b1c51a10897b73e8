/* SPDX-License-Identifier: MIT */
/*
 * The end of a task, in two halves. The task itself gives back what it can while it still runs, and
 * becomes a zombie: a number and an exit code. Its parent collects these with wait4(). The stack it
 * stands on goes last, when another task runs (finish_task_switch).
 *
 * Children that outlive their parent pass to task 1. No task waits for kernel threads: they collect
 * themselves.
 *
 * Linux counterpart: kernel/exit.c
 */

#include <asm/mmu_context.h>
#include <kernel/base/bug.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/panic.h>
#include <kernel/fs/fdtable.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <mm/address_space.h>

/* --- the task's own half --- */

static void exit_files(struct task_struct *p)
{
	if (!p->files)
		return;
	put_files_struct(p->files);
	p->files = NULL;
	iput(p->cwd);
	p->cwd = NULL;
	set_task_exe(p, NULL);
}

/* From here on p is a kernel thread. */
static void exit_mm(struct task_struct *p)
{
	struct mm_struct *mm = p->mm;
	unsigned long flags;

	if (!mm)
		return;
	spin_lock_irqsave(&tasklist_lock, flags);
	p->mm = NULL;
	p->active_mm = &init_mm;
	switch_mm(mm, &init_mm); /* before mmput(): no walk may enter tables that are freed */
	spin_unlock_irqrestore(&tasklist_lock, flags);
	mmput(mm);
	vfork_release(p);
}

/* Takes p off the lists; its reference there is the caller's to put. tasklist_lock is held. */
static void unhash_task(struct task_struct *p)
{
	p->exit_state = EXIT_DEAD;
	free_pid(p->pid);
	list_del(&p->sibling);
	list_del(&p->tasks);
}

/* tasklist_lock is held. */
static void forget_children(struct task_struct *p)
{
	struct task_struct *reaper = find_task_by_pid(1), *child, *next;

	list_for_each_entry_safe(child, next, &p->children, sibling) {
		child->parent = reaper;
		list_move_tail(&child->sibling, &reaper->children);
		if (child->exit_state == EXIT_ZOMBIE)
			wake_up(&reaper->wait_chldexit);
	}
}

static void exit_notify(struct task_struct *p, int code)
{
	const struct signal_cause cause = {
		.code = code & 0x7f ? CLD_KILLED : CLD_EXITED,
		.pid = p->pid,
		.status = code & 0x7f ? code & 0x7f : code >> 8,
	};
	unsigned long flags;
	bool autoreap;

	spin_lock_irqsave(&tasklist_lock, flags);
	autoreap = p->parent == &init_task || ignores_children(p->parent);
	forget_children(p);
	p->exit_code = code;
	p->exit_state = EXIT_ZOMBIE;
	send_sig_cause(SIGCHLD, &cause, p->parent);
	wake_up(&p->parent->wait_chldexit);
	if (autoreap)
		unhash_task(p);
	spin_unlock_irqrestore(&tasklist_lock, flags);
	if (autoreap)
		put_task_struct(p); /* the scheduler's reference remains */
}

void __noreturn do_exit(int code)
{
	struct task_struct *p = current;

	if (p->pid <= 1)
		panic("Attempted to kill init! exitcode=0x%08x", code);
	if (p->sighand) {
		set_real_timer(p, 0, 0); /* or it would send a signal to what is gone */
		exit_sighand(p);
	}
	exit_files(p);
	exit_mm(p);
	exit_notify(p, code);
	set_current_state(TASK_DEAD);
	schedule();
	BUG();
}

/* --- the parent's half --- */

static bool is_meant(const struct task_struct *child, pid_t pid)
{
	if (pid < -1)
		return child->pgrp == -pid;
	return pid == -1 || child->pid == pid || (pid == 0 && child->pgrp == current->pgrp);
}

/*
 * Looks for an ended child that matches. Returns it, off the lists; NULL when all that match still
 * run; or ERR_PTR(-ECHILD) when none match.
 */
static struct task_struct *reap_child(pid_t pid)
{
	struct task_struct *child, *found = ERR_PTR(-ECHILD);
	unsigned long flags;

	spin_lock_irqsave(&tasklist_lock, flags);
	list_for_each_entry(child, &current->children, sibling) {
		if (!is_meant(child, pid))
			continue;
		found = NULL;
		if (child->exit_state == EXIT_ZOMBIE) {
			unhash_task(child);
			found = child;
			break;
		}
	}
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return found;
}

pid_t kernel_wait4(pid_t pid, int *status, u64 *runtime, int options)
{
	struct task_struct *child;
	int error;

	error = wait_event_interruptible(current->wait_chldexit,
					 (child = reap_child(pid)) || (options & WNOHANG));
	if (error)
		return error;
	if (IS_ERR_OR_NULL(child))
		return PTR_ERR(child);
	pid = child->pid;
	*status = child->exit_code;
	*runtime = task_runtime(child);
	put_task_struct(child);
	return pid;
}
