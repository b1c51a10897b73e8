/* SPDX-License-Identifier: MIT */
/*
 * Wait queues.
 *
 * Linux counterpart: kernel/sched/wait.c
 */

#include <kernel/sched/signal.h>
#include <kernel/sched/wait.h>

void init_wait_entry(struct wait_queue_entry *wait)
{
	wait->task = current;
	INIT_LIST_HEAD(&wait->entry);
}

void prepare_to_wait(wait_queue_head_t *wq, struct wait_queue_entry *wait, unsigned int state)
{
	unsigned long flags;

	spin_lock_irqsave(&wq->lock, flags);
	if (list_empty(&wait->entry))
		list_add_tail(&wait->entry, &wq->head);
	set_current_state(state);
	spin_unlock_irqrestore(&wq->lock, flags);
}

int prepare_to_wait_event(wait_queue_head_t *wq, struct wait_queue_entry *wait, unsigned int state)
{
	prepare_to_wait(wq, wait, state);
	return signal_pending_state(state, current) ? -ERESTARTSYS : 0;
}

void finish_wait(wait_queue_head_t *wq, struct wait_queue_entry *wait)
{
	unsigned long flags;

	__set_current_state(TASK_RUNNING);
	spin_lock_irqsave(&wq->lock, flags);
	list_del_init(&wait->entry);
	spin_unlock_irqrestore(&wq->lock, flags);
}

/* The sleepers take themselves off the queue; here they are only made ready. */
static void wake_each(wait_queue_head_t *wq, unsigned int states)
{
	struct wait_queue_entry *wait;

	list_for_each_entry(wait, &wq->head, entry)
		wake_up_state(wait->task, states);
}

static void wake_up_states(wait_queue_head_t *wq, unsigned int states)
{
	unsigned long flags;

	spin_lock_irqsave(&wq->lock, flags);
	wake_each(wq, states);
	spin_unlock_irqrestore(&wq->lock, flags);
}

void wake_up_locked(wait_queue_head_t *wq)
{
	wake_each(wq, TASK_NORMAL);
}

void wake_up(wait_queue_head_t *wq)
{
	wake_up_states(wq, TASK_NORMAL);
}

void wake_up_interruptible(wait_queue_head_t *wq)
{
	wake_up_states(wq, TASK_INTERRUPTIBLE);
}
