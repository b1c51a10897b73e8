/* SPDX-License-Identifier: MIT */
/*
 * Tasks and the scheduler that runs them: one run queue, served by all CPUs round robin. A task in
 * the kernel gives up the CPU only where it asks to (schedule, cond_resched, any sleep); a task in
 * user mode also at the end of its time slice. It may continue on another CPU.
 *
 * Locks: `tasklist_lock` (interrupt-safe) protects the task list, parents, children, usage counts,
 * exit_state and every write of ->mm and ->files that another task could see. The run queue's lock
 * protects state transitions, on_rq and the queue. Everything else in a task belongs to the task.
 *
 * Linux counterpart: include/linux/sched.h, kernel/sched/core.c. No priorities, no preemption
 * inside the kernel, one thread a process; kernel threads run on init_mm instead of borrowing
 * tables.
 */
#pragma once

#include <asm/barrier.h>
#include <asm/current.h>
#include <asm/processor.h>
#include <kernel/base/spinlock.h>
#include <kernel/lib/list.h>
#include <kernel/lib/types.h>
#include <kernel/sched/wait.h>
#include <kernel/time/timer.h>
#include <kernel/uapi/sched.h>
#include <kernel/uapi/signal.h>
#include <kernel/uapi/wait.h>

struct files_struct;
struct inode;
struct mm_struct;
struct pt_regs;
struct sighand_struct;

#define TASK_COMM_LEN 16

/* task_struct.state: what the task waits for. */
#define TASK_RUNNING         0
#define TASK_INTERRUPTIBLE   1
#define TASK_UNINTERRUPTIBLE 2
#define TASK_DEAD            0x80
#define TASK_NORMAL          (TASK_INTERRUPTIBLE | TASK_UNINTERRUPTIBLE)

/* task_struct.exit_state: how far its end has come. */
#define EXIT_ZOMBIE 0x20
#define EXIT_DEAD   0x10

struct task_struct {
	struct thread_struct thread; /* first: entry code and __switch_to count on it */
	void *stack;                 /* lowest address of THREAD_SIZE bytes */
	int cpu;                     /* where it runs, or ran last */
	unsigned int state;
	bool on_rq;  /* running, or queued to run */
	bool on_cpu; /* running */
	/* What keeps the task from user mode (entry.c), and all of it in one word. */
	union {
		struct {
			bool need_resched;
			bool sigpending;  /* it has a signal to take (signal.h) */
			u16 restart_code; /* ERESTART... of an interrupted call, or 0 */
		};
		u32 exit_work;
	};
	struct list_head run_list; /* in the run queue, while ready and not running */

	struct mm_struct *mm;        /* NULL for a kernel thread */
	struct mm_struct *active_mm; /* mm, or &init_mm: never NULL */

	pid_t pid;
	char comm[TASK_COMM_LEN];
	int usage; /* task list + scheduler; freed at 0 */
	int exit_state;
	int exit_code; /* as wait4 reports it */
	struct task_struct *parent;
	struct list_head children; /* of sibling */
	struct list_head sibling;
	struct list_head tasks; /* all tasks, from init_task */
	wait_queue_head_t wait_chldexit;

	/* Signals (signal.h); a set has a bit a signal. */
	spinlock_t siglock;
	u64 pending, blocked;
	struct sighand_struct *sighand; /* NULL for a kernel thread */
	stack_t altstack;               /* ss_size 0: none */
	u64 saved_sigmask;              /* what `blocked` becomes again, if restore_sigmask */
	bool restore_sigmask;
	struct timer_list real_timer; /* SIGALRM comes then, */
	unsigned long real_interval;  /* and again after so many ticks; 0: once */

	pid_t pgrp, session; /* process group and session: the pids of their leaders */
	bool *vfork_done;    /* of a parent that waits for exec or exit; or NULL */
	umode_t umask;

	bool unknown_call_told; /* this program has asked for a system call that is not known */

	struct files_struct *files; /* NULL for a kernel thread */
	struct inode *cwd;          /* NULL: the root */
	struct inode *exe;          /* the program, NULL for a kernel thread; tasklist_lock */

	u64 start_time;       /* sched_clock() at fork, ns */
	u64 exec_start;       /* sched_clock() when it last got the CPU */
	u64 sum_exec_runtime; /* ns on a CPU, up to exec_start */
};

/* The boot task, pid 0: idles once the system runs. Its stack is the one head.S starts on. */
extern struct task_struct init_task;
extern unsigned long init_stack[];
extern spinlock_t tasklist_lock;

/* ---- the scheduler (core.c) ---- */

/* Makes current this CPU's idle task. Once a CPU, before the first schedule(). */
void sched_init(void);

/* Lets another ready task run; returns when current is picked again. Process context. */
void schedule(void);

/* First thing a new task does: releases what schedule() of prev left held. From entry code only. */
void schedule_tail(struct task_struct *prev);

/* schedule(), if the time slice has ended. Process context; long loops in the kernel call it. */
void cond_resched(void);

/* Makes a sleeping p ready. Returns false when it was not sleeping. Any context. */
bool wake_up_process(struct task_struct *p);

/* The same, only if p sleeps in one of the states given. */
bool wake_up_state(struct task_struct *p, unsigned int states);

/* Nanoseconds that an online CPU has had nothing to run. Any context. */
u64 idle_runtime(unsigned int cpu);

/* How many tasks run or are ready to. Any context. */
unsigned int nr_running(void);

/* Puts a new task on the run queue for the first time. */
void wake_up_new_task(struct task_struct *p);

/* Ends the running task's slice when it is due. Once a tick, interrupts off. */
void scheduler_tick(void);

/* The idle loop, an idle task's last call. */
void __noreturn cpu_startup_entry(void);

static inline bool need_resched(void)
{
	return READ_ONCE(current->need_resched);
}

/*
 * Announces a sleep: a wake-up from now on makes the next schedule() return at once. The barrier
 * stands between this store and the caller's look at its condition. Without it the load may come
 * first, the waker then sees a running task, and both miss each other: the task sleeps for ever.
 */
#define set_current_state(value)                        \
	do {                                            \
		WRITE_ONCE(current->state, (value));    \
		/* against the load of the condition */ \
		smp_mb();                               \
	} while (0)

#define __set_current_state(value) WRITE_ONCE(current->state, (value))

/* ---- sleeping for a time (timeout.c) ---- */

#define MAX_SCHEDULE_TIMEOUT ((long)(~0UL >> 1))

/*
 * Sleeps until woken, at most `timeout` ticks; set_current_state() came first, else it only yields.
 * Returns the ticks left, 0 when the time ran out.
 */
long schedule_timeout(long timeout);
long schedule_timeout_interruptible(long timeout);
long schedule_timeout_uninterruptible(long timeout);

/* Sleeps at least msecs milliseconds. Process context. */
void msleep(unsigned int msecs);

/* ---- birth (fork.c) ---- */

/*
 * How a task is to be made. With fn set: a kernel thread that runs fn(fn_arg). Else: a copy of
 * current, which is in a system call; `stack` (0: the same) and `tls` are the child's.
 */
struct kernel_clone_args {
	unsigned long flags; /* of clone(); none for a kernel thread */
	int (*fn)(void *);
	void *fn_arg;
	const char *name; /* NULL: the parent's */
	unsigned long stack;
	unsigned long tls;
	unsigned long parent_tid, child_tid; /* user addresses for the child's pid */
};

/*
 * Makes a task and starts it. Returns its pid, or -ENOMEM, -EAGAIN (no pid left). Process context.
 */
pid_t kernel_clone(const struct kernel_clone_args *args);

/*
 * A kernel thread whose function may return into user mode after kernel_execve(); it must not
 * return otherwise. The very first one gets pid 1. Result as kernel_clone().
 */
pid_t kernel_thread(int (*fn)(void *), void *arg, const char *name);

/* Names and starts a kernel thread; it ends when fn returns. Returns the task or an ERR_PTR. */
struct task_struct *kthread_run(int (*fn)(void *), void *arg, const char *namefmt, ...)
	__printf(3, 4);

/*
 * The idle task of another CPU, which runs fn() first; on no list, pid 0. fn never returns. NULL
 * without memory. Process context, from boot.
 */
struct task_struct *fork_idle(unsigned int cpu, void (*fn)(void));

/* ---- sharing memory for a moment (vfork.c) ---- */

/* Starts p, current's new child, and sleeps until it has called vfork_release(). */
void vfork_wait(struct task_struct *p);

/*
 * Lets a parent that waits go on: p, which is current, has its own address space, or none. Ignored
 * when none waits.
 */
void vfork_release(struct task_struct *p);

/* ---- death (exit.c) ---- */

/* Ends current; code is a wait status: exit status << 8, or the number of the fatal signal. */
void __noreturn do_exit(int code);

/*
 * Waits for the end of child `pid` (-1: of any, 0: of any in current's process group, -N: of any in
 * group N) and frees it; *status gets its wait status, *runtime the nanoseconds that it ran.
 * Returns its pid, 0 (WNOHANG, none has ended), -ECHILD (no such child) or -ERESTARTSYS.
 */
pid_t kernel_wait4(pid_t pid, int *status, u64 *runtime, int options);

/* ---- SIGALRM (itimer.c); p is current, or has never run ---- */

void init_real_timer(struct task_struct *p);

/* Sends SIGALRM after so many ticks (0: never), and again each interval (0: once). Any time. */
void set_real_timer(struct task_struct *p, unsigned long ticks, unsigned long interval);

/* Ticks until it comes, at least 1; 0: never. */
unsigned long real_timer_left(const struct task_struct *p);

/* ---- process numbers (pid.c); tasklist_lock is held ---- */

/* Numbers are below this. */
#define PID_MAX 32768

/* A number that no task has, the next one after the last that was given out; or -EAGAIN. */
pid_t alloc_pid(void);

void free_pid(pid_t pid);

/* The number that was given out last. Any context. */
pid_t last_pid(void);

/* ---- the way back to user mode (entry.c) ---- */

/*
 * The last stop before user mode, interrupts off on entry and on return: reschedules if the slice
 * has ended, and ends the task if a signal is pending.
 */
void exit_to_user_mode(struct pt_regs *regs);

/* ---- tasks as objects (task.c) ---- */

/*
 * A task that owns nothing but itself and its stack, on no list, named as current; two references,
 * the task list's and the scheduler's. NULL without memory. Process context.
 */
struct task_struct *alloc_task_struct(void);

/* Frees such a task that has never run. */
void free_task_struct(struct task_struct *p);

/*
 * Drops one reference; the last frees the task and its stack. Process context, not p's own stack.
 */
void put_task_struct(struct task_struct *p);

/* The task with this pid, or NULL. tasklist_lock is held. */
struct task_struct *find_task_by_pid(pid_t pid);

/*
 * The first task with a pid of at least `from`, in order of pids, or NULL. tasklist_lock is held.
 */
struct task_struct *next_task_by_pid(pid_t from);

/* How many tasks there are, kernel threads included. Any context. */
unsigned int nr_tasks(void);

/* Nanoseconds that p has had on a CPU. */
u64 task_runtime(const struct task_struct *p);

/* The letter ps shows: R, S, D, Z. */
char task_state_letter(const struct task_struct *p);

/* Makes exe, whose reference it takes over, p's program; puts the one before. Process context. */
void set_task_exe(struct task_struct *p, struct inode *exe);

/* Takes name's last path component as p's name. */
void set_task_comm(struct task_struct *p, const char *name);
