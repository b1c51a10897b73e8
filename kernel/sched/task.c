/* SPDX-License-Identifier: MIT */
/*
 * Tasks as objects: their memory and its end, finding them by number, describing them.
 *
 * Linux counterpart: kernel/fork.c (dup_task_struct), kernel/pid.c, fs/proc/array.c
 */

#include <kernel/base/clock.h>
#include <kernel/base/initcall.h>
#include <kernel/base/panic.h>
#include <kernel/base/printk.h>
#include <kernel/base/seq_buf.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/string.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/sched.h>
#include <mm/address_space.h>
#include <mm/gfp.h>
#include <mm/slab.h>
#include <mm/vmalloc.h>

DEFINE_SPINLOCK(tasklist_lock);

/* --- the task and its stack --- */

/*
 * Aligned to twice its size, so that one bit of the stack pointer tells an overflow; the guard page
 * behind the stack below, and the alignment gap, are what an overflow runs into. Zeroed, so that no
 * one sees what the pages held before. On QEMU this also saves time: a page that held a program has
 * slow stores until all of its code is overwritten.
 */
static void *alloc_thread_stack(void)
{
	return __vmalloc_node_range(THREAD_SIZE, THREAD_ALIGN, VMALLOC_START, VMALLOC_END,
				    GFP_KERNEL | __GFP_ZERO, PAGE_KERNEL, 0, NUMA_NO_NODE,
				    __builtin_return_address(0));
}

struct task_struct *alloc_task_struct(void)
{
	struct task_struct *p = kzalloc(sizeof(*p), GFP_KERNEL);

	if (!p)
		return NULL;
	p->stack = alloc_thread_stack();
	if (!p->stack) {
		kfree(p);
		return NULL;
	}
	p->state = TASK_UNINTERRUPTIBLE;
	p->cpu = current->cpu;
	p->active_mm = &init_mm;
	p->usage = 2;
	p->start_time = sched_clock();
	strscpy(p->comm, current->comm, sizeof(p->comm));
	spin_lock_init(&p->siglock);
	INIT_LIST_HEAD(&p->children);
	init_waitqueue_head(&p->wait_chldexit);
	return p;
}

void free_task_struct(struct task_struct *p)
{
	vfree(p->stack);
	kfree(p);
}

void put_task_struct(struct task_struct *p)
{
	unsigned long flags;
	bool last;

	spin_lock_irqsave(&tasklist_lock, flags);
	last = --p->usage == 0;
	spin_unlock_irqrestore(&tasklist_lock, flags);
	if (last)
		free_task_struct(p);
}

/* --- finding and describing --- */

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

unsigned int nr_tasks(void)
{
	struct task_struct *p;
	unsigned long flags;
	unsigned int nr = 0;

	spin_lock_irqsave(&tasklist_lock, flags);
	list_for_each_entry(p, &init_task.tasks, tasks)
		nr++;
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return nr;
}

u64 task_runtime(const struct task_struct *p)
{
	return p->sum_exec_runtime + (p->on_cpu ? sched_clock() - p->exec_start : 0);
}

char task_state_letter(const struct task_struct *p)
{
	if (p->exit_state)
		return 'Z';
	if (p->state & TASK_INTERRUPTIBLE)
		return 'S';
	return p->state & TASK_UNINTERRUPTIBLE ? 'D' : 'R';
}

/* Under the lock, because another task may be taking a reference (/proc/<pid>/exe). */
void set_task_exe(struct task_struct *p, struct inode *exe)
{
	struct inode *old = p->exe;
	unsigned long flags;

	spin_lock_irqsave(&tasklist_lock, flags);
	p->exe = exe;
	spin_unlock_irqrestore(&tasklist_lock, flags);
	iput(old);
}

void set_task_comm(struct task_struct *p, const char *name)
{
	const char *slash = strrchr(name, '/');

	strscpy(p->comm, slash ? slash + 1 : name, sizeof(p->comm));
}

void report_stack_overflow(unsigned long sp)
{
	unsigned long stack = (unsigned long)current->stack;

	pr_emerg("kernel stack overflow: sp 0x%lx ran out of its stack, 0x%lx-0x%lx of %s[%d]\n",
		 sp, stack, stack + THREAD_SIZE, current->comm, current->pid);
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
