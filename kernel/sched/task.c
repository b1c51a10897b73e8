/* SPDX-License-Identifier: MIT */
/*
 * Looking at tasks: finding them by number and describing them.
 *
 * Linux counterpart: kernel/pid.c, fs/proc/array.c
 */

#include <kernel/base/clock.h>
#include <kernel/base/initcall.h>
#include <kernel/base/panic.h>
#include <kernel/base/seq_buf.h>
#include <kernel/lib/string.h>
#include <kernel/sched/sched.h>

DEFINE_SPINLOCK(tasklist_lock);

struct task_struct *find_task_by_pid(pid_t pid)
{
	struct task_struct *p;

	list_for_each_entry(p, &init_task.tasks, tasks)
		if (p->pid == pid)
			return p;
	return NULL;
}

struct task_struct *next_task_by_pid(pid_t from)
{
	struct task_struct *p, *best = NULL;

	list_for_each_entry(p, &init_task.tasks, tasks)
		if (p->pid >= from && (!best || p->pid < best->pid))
			best = p;
	return best;
}

u64 task_runtime(const struct task_struct *p)
{
	return p->sum_exec_runtime + (p == current ? sched_clock() - p->exec_start : 0);
}

char task_state_letter(const struct task_struct *p)
{
	if (p->exit_state)
		return 'Z';
	if (p->state & TASK_INTERRUPTIBLE)
		return 'S';
	return p->state & TASK_UNINTERRUPTIBLE ? 'D' : 'R';
}

void set_task_comm(struct task_struct *p, const char *name)
{
	const char *slash = strrchr(name, '/');

	strscpy(p->comm, slash ? slash + 1 : name, sizeof(p->comm));
}

/* What BUG, WARN and panic say about who ran. */
static void describe_task(struct seq_buf *seq)
{
	seq_buf_printf(seq, "CPU: %d PID: %d Comm: %s", current->cpu, current->pid, current->comm);
}

static int __init describe_task_init(void)
{
	panic_set_describe_task(describe_task);
	return 0;
}
core_initcall(describe_task_init);
