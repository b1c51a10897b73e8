/* SPDX-License-Identifier: MIT */
/*
 * Wait queues: sleeping until a condition holds. The sleeper puts itself on the queue and announces
 * its sleep before it looks at the condition once more; whoever makes the condition true calls
 * wake_up() afterwards. In that order no wake-up is lost.
 *
 * Each queue has its own interrupt-safe lock, so wake_up() may be called anywhere.
 *
 * Linux counterpart: include/linux/wait.h (no exclusive waiters: wake_up() wakes all).
 */
#pragma once

#include <kernel/base/spinlock.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/list.h>

struct task_struct;

typedef struct wait_queue_head {
	spinlock_t lock;
	struct list_head head;
} wait_queue_head_t;

struct wait_queue_entry {
	struct task_struct *task;
	struct list_head entry;
};

#define __WAIT_QUEUE_HEAD_INITIALIZER(name) \
	{ .lock = __SPIN_LOCK_UNLOCKED, .head = LIST_HEAD_INIT(name.head) }
#define DECLARE_WAIT_QUEUE_HEAD(name) wait_queue_head_t name = __WAIT_QUEUE_HEAD_INITIALIZER(name)

static inline void init_waitqueue_head(wait_queue_head_t *wq)
{
	spin_lock_init(&wq->lock);
	INIT_LIST_HEAD(&wq->head);
}

void init_wait_entry(struct wait_queue_entry *wait);

/* Enqueues current (once) and sets its state. Process context. */
void prepare_to_wait(wait_queue_head_t *wq, struct wait_queue_entry *wait, unsigned int state);

/*
 * As above; returns -ERESTARTSYS, without sleeping to come, when state is interruptible and a
 * signal is pending.
 */
int prepare_to_wait_event(wait_queue_head_t *wq, struct wait_queue_entry *wait, unsigned int state);

/* Takes current off the queue and makes it running. */
void finish_wait(wait_queue_head_t *wq, struct wait_queue_entry *wait);

/*
 * Wakes every sleeper of the queue; the second form only those that sleep interruptibly. Any
 * context.
 */
void wake_up(wait_queue_head_t *wq);
void wake_up_interruptible(wait_queue_head_t *wq);

/* wake_up() for a caller that holds wq->lock, interrupts off. */
void wake_up_locked(wait_queue_head_t *wq);

/*
 * The loop of all wait_event forms: sleep is the statement that sleeps, its result 0 unless
 * interrupted.
 */
#define ___wait_event(wq, condition, state, sleep)                              \
	({                                                                      \
		struct wait_queue_entry __wait;                                 \
		int __error = 0;                                                \
		init_wait_entry(&__wait);                                       \
		for (;;) {                                                      \
			__error = prepare_to_wait_event(&(wq), &__wait, state); \
			if (condition) {                                        \
				__error = 0;                                    \
				break;                                          \
			}                                                       \
			if (__error)                                            \
				break;                                          \
			sleep;                                                  \
		}                                                               \
		finish_wait(&(wq), &__wait);                                    \
		__error;                                                        \
	})

/* Sleeps until condition holds. Process context, no spinlock held. Users include sched.h. */
#define wait_event(wq, condition) \
	((void)___wait_event(wq, condition, TASK_UNINTERRUPTIBLE, schedule()))

/* The same, or until current has a signal to take. Returns 0 or -ERESTARTSYS. */
#define wait_event_interruptible(wq, condition) \
	___wait_event(wq, condition, TASK_INTERRUPTIBLE, schedule())

/* The same, for at most `timeout` ticks. Returns 0 when the time ran out, else at least 1. */
#define wait_event_timeout(wq, condition, timeout)                                              \
	({                                                                                      \
		long __left = (timeout);                                                        \
		bool __met = false;                                                             \
		(void)___wait_event(wq, (__met = (condition)) || !__left, TASK_UNINTERRUPTIBLE, \
				    __left = schedule_timeout(__left));                         \
		__met ? (__left ? __left : 1) : 0;                                              \
	})
