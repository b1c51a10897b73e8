/* SPDX-License-Identifier: MIT */
/*
 * The scheduler: which task has the CPU.
 *
 * Each CPU has a run queue, a ring of the tasks that are ready, served in turn; the running task is
 * not on the ring, and the idle task never is. A time slice is one tick: round robin needs no
 * arithmetic.
 *
 * Invariants: on_rq means running or on the ring. A task leaves the ring only to run, and stops
 * being on_rq only in schedule(), when it has announced a sleep and nobody has woken it since. The
 * run queue's lock is held, interrupts off, from before the choice of the next task until that task
 * runs: whoever resumes unlocks what the one before locked.
 *
 * Linux counterpart: kernel/sched/core.c, kernel/sched/idle.c (there classes, priorities,
 * balancing).
 */

#include <asm/mmu_context.h>
#include <kernel/base/clock.h>
#include <kernel/base/init.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/percpu.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <mm/address_space.h>

struct rq {
	spinlock_t lock;
	struct list_head ready; /* of run_list */
	struct task_struct *curr;
	struct task_struct *idle;
};

static DEFINE_PER_CPU(struct rq, runqueues);

static struct rq *this_rq(void)
{
	return this_cpu_ptr(&runqueues);
}

static struct rq *task_rq(const struct task_struct *p)
{
	return per_cpu_ptr(&runqueues, p->cpu);
}

void __init sched_init(void)
{
	struct rq *rq = this_rq();

	spin_lock_init(&rq->lock);
	INIT_LIST_HEAD(&rq->ready);
	rq->curr = current;
	rq->idle = current;
	current->on_rq = true;
}

/* --- becoming ready --- */

static void enqueue_task(struct rq *rq, struct task_struct *p)
{
	p->on_rq = true;
	list_add_tail(&p->run_list, &rq->ready);
	if (rq->curr == rq->idle)
		WRITE_ONCE(rq->curr->need_resched, true);
}

bool wake_up_state(struct task_struct *p, unsigned int states)
{
	struct rq *rq = task_rq(p);
	unsigned long flags;
	bool sleeping;

	spin_lock_irqsave(&rq->lock, flags);
	sleeping = p->state & states;
	if (sleeping) {
		p->state = TASK_RUNNING;
		if (!p->on_rq)
			enqueue_task(rq, p);
	}
	spin_unlock_irqrestore(&rq->lock, flags);
	return sleeping;
}

bool wake_up_process(struct task_struct *p)
{
	return wake_up_state(p, TASK_NORMAL);
}

void wake_up_new_task(struct task_struct *p)
{
	struct rq *rq = task_rq(p);
	unsigned long flags;

	spin_lock_irqsave(&rq->lock, flags);
	p->state = TASK_RUNNING;
	enqueue_task(rq, p);
	spin_unlock_irqrestore(&rq->lock, flags);
}

/* --- choosing and switching --- */

/* prev gives up the CPU: back to the ring if it is still ready, out of the game if it sleeps. */
static void put_prev_task(struct rq *rq, struct task_struct *prev)
{
	prev->need_resched = false;
	if (signal_pending_state(prev->state, prev))
		prev->state = TASK_RUNNING;
	if (prev == rq->idle)
		return;
	if (prev->state == TASK_RUNNING)
		list_add_tail(&prev->run_list, &rq->ready);
	else
		prev->on_rq = false;
}

static struct task_struct *pick_next_task(struct rq *rq)
{
	struct task_struct *next;

	next = list_first_entry_or_null(&rq->ready, struct task_struct, run_list);
	if (!next)
		return rq->idle;
	list_del(&next->run_list);
	return next;
}

static void account_switch(struct task_struct *prev, struct task_struct *next)
{
	u64 now = sched_clock();

	prev->sum_exec_runtime += now - prev->exec_start;
	next->exec_start = now;
}

/* Runs as the task that has just got the CPU: prev is whom it took it from. */
static void finish_task_switch(struct task_struct *prev)
{
	/* Read before the lock goes: a task that merely sleeps could be woken and end meanwhile. */
	bool dead = prev->state == TASK_DEAD;

	spin_unlock(&this_rq()->lock);
	if (dead)
		put_task_struct(prev);
}

/*
 * The address space changes first, for on arm the stack of next may be known only to the tables of
 * next: switch_mm() brings the kernel's part up to date.
 */
static struct task_struct *context_switch(struct rq *rq, struct task_struct *prev,
					  struct task_struct *next)
{
	account_switch(prev, next);
	rq->curr = next;
	switch_mm(prev->active_mm, next->active_mm);
	return __switch_to(prev, next);
}

void schedule(void)
{
	struct task_struct *prev = current, *next;
	unsigned long flags;
	struct rq *rq;

	local_irq_save(flags);
	rq = this_rq();
	spin_lock(&rq->lock);
	put_prev_task(rq, prev);
	next = pick_next_task(rq);
	if (next == prev)
		spin_unlock(&rq->lock);
	else
		finish_task_switch(context_switch(rq, prev, next));
	local_irq_restore(flags);
}

void schedule_tail(struct task_struct *prev)
{
	finish_task_switch(prev);
	local_irq_enable();
}

void cond_resched(void)
{
	if (need_resched())
		schedule();
}

/* --- time slices --- */

void scheduler_tick(void)
{
	struct rq *rq = this_rq();

	spin_lock(&rq->lock);
	if (!list_empty(&rq->ready))
		WRITE_ONCE(rq->curr->need_resched, true);
	spin_unlock(&rq->lock);
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
