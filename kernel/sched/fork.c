/* SPDX-License-Identifier: MIT */
/*
 * Making tasks. A new task is built completely, and only then put on the task list and the run
 * queue; until then no other task knows it, and a failure undoes in reverse order.
 *
 * Linux counterpart: kernel/fork.c, kernel/kthread.c (the address space is copied here, not shared
 * until written, except by vfork(), whose parent sleeps meanwhile; there are no threads).
 */

#include <kernel/base/init.h>
#include <kernel/fs/fdtable.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <mm/address_space.h>
#include <mm/slab.h>

/* --- what it is made of --- */

static int copy_mm(struct task_struct *p, unsigned long flags)
{
	p->mm = flags & CLONE_VM ? mmget(current->mm) : dup_mm(current->mm);
	if (!p->mm)
		return -ENOMEM;
	p->active_mm = p->mm;
	return 0;
}

static int copy_files(struct task_struct *p)
{
	p->files = dup_files(current->files);
	if (!p->files)
		return -ENOMEM;
	p->cwd = ihold(current->cwd);
	return 0;
}

/* The actions, the mask and the stack for handlers; what is pending is the parent's alone. */
static int copy_signals(struct task_struct *p)
{
	p->sighand = copy_sighand(current);
	if (!p->sighand)
		return -ENOMEM;
	p->blocked = current->blocked;
	p->altstack = current->altstack;
	init_real_timer(p);
	return 0;
}

static int copy_user_parts(struct task_struct *p, const struct kernel_clone_args *args)
{
	int error = copy_mm(p, args->flags);

	error = error ?: copy_files(p);
	error = error ?: copy_signals(p);
	if (error)
		return error;
	p->pgrp = current->pgrp;
	p->session = current->session;
	p->umask = current->umask;
	p->exe = ihold(current->exe);
	copy_thread_user(p, args->stack, args->flags & CLONE_SETTLS ? args->tls : 0);
	return 0;
}

/* Kernel threads belong to the boot task: the task that starts one need not wait for it. */
static pid_t attach_task(struct task_struct *p)
{
	unsigned long flags;

	spin_lock_irqsave(&tasklist_lock, flags);
	p->pid = alloc_pid();
	if (p->pid > 0) {
		p->parent = p->mm ? current : &init_task;
		list_add_tail(&p->sibling, &p->parent->children);
		list_add_tail(&p->tasks, &init_task.tasks);
	}
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return p->pid;
}

/* As much as there is of them. */
static void free_user_parts(struct task_struct *p)
{
	if (p->files)
		put_files_struct(p->files);
	iput(p->cwd);
	iput(p->exe);
	exit_sighand(p);
	mmput(p->mm);
}

static struct task_struct *copy_process(const struct kernel_clone_args *args)
{
	struct task_struct *p = alloc_task_struct();
	int error = 0;

	if (!p)
		return ERR_PTR(-ENOMEM);
	if (args->name)
		strscpy(p->comm, args->name, sizeof(p->comm));
	if (args->fn)
		copy_thread_kernel(p, args->fn, args->fn_arg);
	else
		error = copy_user_parts(p, args);
	error = error ?: attach_task(p);
	if (error > 0)
		return p;
	free_user_parts(p);
	free_task_struct(p);
	return ERR_PTR(error);
}

/* Where the child, or its parent, wants to read the child's number. */
static void store_tid(struct task_struct *p, const struct kernel_clone_args *args)
{
	pid_t pid = p->pid;

	if (args->flags & CLONE_CHILD_SETTID)
		access_remote_vm(p->mm, args->child_tid, &pid, sizeof(pid), FOLL_WRITE);
	if (args->flags & CLONE_PARENT_SETTID)
		access_remote_vm(current->mm, args->parent_tid, &pid, sizeof(pid), FOLL_WRITE);
}

pid_t kernel_clone(const struct kernel_clone_args *args)
{
	struct task_struct *p;
	pid_t pid;

	/* First the handler: a signal that came before the fork is not for the child, too. */
	if (signal_pending(current))
		return -ERESTARTNOINTR;
	p = copy_process(args);
	if (IS_ERR(p))
		return PTR_ERR(p);
	pid = p->pid; /* once it runs, it may end */
	store_tid(p, args);
	if (args->flags & CLONE_VFORK)
		vfork_wait(p);
	else
		wake_up_new_task(p);
	return pid;
}

pid_t kernel_thread(int (*fn)(void *), void *arg, const char *name)
{
	struct kernel_clone_args args = { .fn = fn, .fn_arg = arg, .name = name };

	return kernel_clone(&args);
}

/* --- what a CPU runs when nothing is ready --- */

struct task_struct *__init fork_idle(unsigned int cpu, void (*fn)(void))
{
	struct task_struct *p = alloc_task_struct();

	if (!p)
		return NULL;
	snprintf(p->comm, sizeof(p->comm), "swapper/%u", cpu);
	p->cpu = cpu;
	p->state = TASK_RUNNING;
	p->parent = &init_task;
	copy_thread_idle(p, fn);
	return p;
}

/* --- kernel threads that end by returning --- */

struct kthread_create_info {
	int (*fn)(void *);
	void *arg;
};

static int kthread(void *_create)
{
	struct kthread_create_info create = *(struct kthread_create_info *)_create;

	kfree(_create);
	do_exit((create.fn(create.arg) & 0xff) << 8);
}

struct task_struct *kthread_run(int (*fn)(void *), void *arg, const char *namefmt, ...)
{
	struct kthread_create_info *create = kmalloc(sizeof(*create), GFP_KERNEL);
	char name[TASK_COMM_LEN];
	struct kernel_clone_args args = { .fn = kthread, .fn_arg = create, .name = name };
	struct task_struct *p;
	va_list ap;

	if (!create)
		return ERR_PTR(-ENOMEM);
	*create = (struct kthread_create_info){ .fn = fn, .arg = arg };
	va_start(ap, namefmt);
	vsnprintf(name, sizeof(name), namefmt, ap);
	va_end(ap);
	p = copy_process(&args);
	if (IS_ERR(p))
		kfree(create);
	else
		wake_up_new_task(p);
	return p;
}
