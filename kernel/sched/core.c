/* SPDX-License-Identifier: MIT */
/*
 * The scheduler: which task has the CPU.
 *
 * One run queue, a ring of the tasks that are ready, is served by all CPUs in turn; a running task
 * is not on the ring, and the idle tasks, one a CPU, never are. A time slice is one tick: round
 * robin needs no arithmetic.
 *
 * Invariants: on_rq means running or on the ring. A task leaves the ring only to run, and stops
 * being on_rq only in schedule(), when it has announced a sleep and was not woken since. The
 * queue's lock is held, interrupts off, from before the choice of the next task until that task
 * runs: the task that resumes unlocks what the task before it locked. So no CPU can take a task
 * from the ring whose registers another CPU has not saved yet.
 *
 * Linux counterpart: kernel/sched/core.c, kernel/sched/idle.c (there a queue for each CPU,
 * balancing, classes, priorities).
 */

#include <asm/mmu_context.h>
#include <kernel/base/clock.h>
#include <kernel/base/init.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/smp.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <kernel/smp.h>
#include <mm/address_space.h>

static struct {
	spinlock_t lock;
	struct list_head ready; /* of run_list */
} runqueue = { __SPIN_LOCK_UNLOCKED, LIST_HEAD_INIT(runqueue.ready) };

/* What a CPU runs, and what it runs when nothing is ready. The queue's lock guards them. */
static DEFINE_PER_CPU(struct task_struct *, cpu_curr);
static DEFINE_PER_CPU(struct task_struct *, cpu_idle);

void sched_init(void)
{
	this_cpu_write(cpu_curr, current);
	this_cpu_write(cpu_idle, current);
	current->on_rq = true;
	current->on_cpu = true;
}

/* --- becoming ready --- */

/* Lets an idle CPU choose anew, if there is one; this one first, because it needs no interrupt. */
static void kick_idle_cpu(void)
{
	unsigned int cpu;

	if (current == this_cpu_read(cpu_idle) && !need_resched()) {
		WRITE_ONCE(current->need_resched, true);
		return;
	}
	for_each_online_cpu(cpu) {
		struct task_struct *idle = per_cpu(cpu_idle, cpu);

		if (per_cpu(cpu_curr, cpu) != idle || idle->need_resched)
			continue;
		WRITE_ONCE(idle->need_resched, true);
		smp_send_reschedule(cpu);
		return;
	}
}

static void enqueue_task(struct task_struct *p)
{
	p->on_rq = true;
	list_add_tail(&p->run_list, &runqueue.ready);
	kick_idle_cpu();
}

/*
 * The barrier is the other half of the one in set_current_state(): the caller has made a condition
 * true, and that store comes before the look at the state. In the other order both sides may miss
 * each other, and p sleeps for ever.
 */
bool wake_up_state(struct task_struct *p, unsigned int states)
{
	unsigned long flags;
	bool sleeping;

	smp_mb(); /* against the load of p->state */
	spin_lock_irqsave(&runqueue.lock, flags);
	sleeping = p->state & states;
	if (sleeping) {
		p->state = TASK_RUNNING;
		if (!p->on_rq)
			enqueue_task(p);
	}
	spin_unlock_irqrestore(&runqueue.lock, flags);
	return sleeping;
}

bool wake_up_process(struct task_struct *p)
{
	return wake_up_state(p, TASK_NORMAL);
}

void wake_up_new_task(struct task_struct *p)
{
	unsigned long flags;

	spin_lock_irqsave(&runqueue.lock, flags);
	p->state = TASK_RUNNING;
	enqueue_task(p);
	spin_unlock_irqrestore(&runqueue.lock, flags);
}

/* --- choosing and switching --- */

/* prev gives up the CPU: back to the ring if it is still ready, out of the game if it sleeps. */
static void put_prev_task(struct task_struct *prev)
{
	prev->need_resched = false;
	if (signal_pending_state(prev->state, prev))
		prev->state = TASK_RUNNING;
	if (prev == this_cpu_read(cpu_idle))
		return;
	if (prev->state == TASK_RUNNING)
		list_add_tail(&prev->run_list, &runqueue.ready);
	else
		prev->on_rq = false;
}

static struct task_struct *pick_next_task(void)
{
	struct task_struct *next;

	next = list_first_entry_or_null(&runqueue.ready, struct task_struct, run_list);
	if (!next)
		return this_cpu_read(cpu_idle);
	list_del(&next->run_list);
	return next;
}

static void account_switch(struct task_struct *prev, struct task_struct *next)
{
	u64 now = sched_clock();

	prev->sum_exec_runtime += now - prev->exec_start;
	next->exec_start = now;
	prev->on_cpu = false;
	next->on_cpu = true;
	next->cpu = smp_processor_id();
	this_cpu_write(cpu_curr, next);
}

/* Runs as the task that has just got the CPU: prev is whom it took it from. */
static void finish_task_switch(struct task_struct *prev)
{
	/* Read before the lock goes: a task that merely sleeps could be woken and end meanwhile. */
	bool dead = prev->state == TASK_DEAD;

	spin_unlock(&runqueue.lock);
	if (dead)
		put_task_struct(prev);
}

/*
 * The address space changes first, for on arm the stack of next may be known only to the tables of
 * next: switch_mm() brings the kernel's part up to date.
 */
static struct task_struct *context_switch(struct task_struct *prev, struct task_struct *next)
{
	account_switch(prev, next);
	switch_mm(prev->active_mm, next->active_mm);
	return __switch_to(prev, next);
}

void schedule(void)
{
	struct task_struct *prev = current, *next;
	unsigned long flags;

	lock_debug_may_sleep();
	local_irq_save(flags);
	spin_lock(&runqueue.lock);
	put_prev_task(prev);
	next = pick_next_task();
	if (next == prev)
		spin_unlock(&runqueue.lock);
	else
		finish_task_switch(context_switch(prev, next));
	local_irq_restore(flags);
}

void schedule_tail(struct task_struct *prev)
{
	finish_task_switch(prev);
	local_irq_enable();
}

u64 idle_runtime(unsigned int cpu)
{
	return task_runtime(per_cpu(cpu_idle, cpu));
}

unsigned int nr_running(void)
{
	const struct list_head *ready;
	unsigned long flags;
	unsigned int cpu, nr = 0;

	spin_lock_irqsave(&runqueue.lock, flags);
	for (ready = runqueue.ready.next; ready != &runqueue.ready; ready = ready->next)
		nr++;
	for_each_online_cpu(cpu)
		nr += per_cpu(cpu_curr, cpu) != per_cpu(cpu_idle, cpu);
	spin_unlock_irqrestore(&runqueue.lock, flags);
	return nr;
}

void cond_resched(void)
{
	if (need_resched())
		schedule();
}

/* --- time slices --- */

/* A look without the lock: what is missed in this tick is seen in the next. */
void scheduler_tick(void)
{
	if (!list_empty(&runqueue.ready))
		WRITE_ONCE(current->need_resched, true);
}

/*
 * The wait instruction ends when an interrupt is pending, masked or not. With interrupts masked
 * between the test and the wait, none can slip in between and be slept over.
 */
static void do_idle(void)
{
	local_irq_disable();
	while (!need_resched()) {
		cpu_do_idle();
		local_irq_enable();
		local_irq_disable();
	}
	local_irq_enable();
	schedule();
}

void __noreturn cpu_startup_entry(void)
{
	for (;;)
		do_idle();
}
