/* SPDX-License-Identifier: MIT */
/*
 * Timers, as one list sorted by expiry: arming costs a walk, the tick looks at the head only. A
 * teaching kernel has a handful of them.
 *
 * Invariant: entry.next is NULL exactly while a timer is not in the list.
 *
 * Linux counterpart: kernel/time/timer.c
 */

#include <asm/processor.h>
#include <kernel/base/bug.h>
#include <kernel/base/spinlock.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/timer.h>

/* Guards the list, and every armed timer in it. */
static DEFINE_SPINLOCK(timer_lock);
static LIST_HEAD(timers);
static struct timer_list *running_timer; /* one, because only one processor runs timers */

void timer_setup(struct timer_list *timer, void (*function)(struct timer_list *),
		 unsigned int flags)
{
	timer->entry.next = NULL;
	timer->expires = 0;
	timer->function = function;
}

bool timer_pending(const struct timer_list *timer)
{
	return READ_ONCE(timer->entry.next) != NULL;
}

/*
 * Behind all that expire no later, so that equal ones run in the order they were armed. Lock held.
 */
static void insert_sorted(struct timer_list *timer)
{
	struct timer_list *other;

	list_for_each_entry_reverse(other, &timers, entry) {
		if (time_after_eq(timer->expires, other->expires))
			break;
	}
	list_add(&timer->entry, &other->entry);
}

static int detach_if_pending(struct timer_list *timer)
{
	if (!timer_pending(timer))
		return 0;
	list_del(&timer->entry);
	return 1;
}

int mod_timer(struct timer_list *timer, unsigned long expires)
{
	unsigned long flags;
	int was_pending;

	spin_lock_irqsave(&timer_lock, flags);
	was_pending = detach_if_pending(timer);
	timer->expires = expires;
	insert_sorted(timer);
	spin_unlock_irqrestore(&timer_lock, flags);
	return was_pending;
}

int del_timer(struct timer_list *timer)
{
	unsigned long flags;
	int was_pending;

	spin_lock_irqsave(&timer_lock, flags);
	was_pending = detach_if_pending(timer);
	spin_unlock_irqrestore(&timer_lock, flags);
	return was_pending;
}

int del_timer_sync(struct timer_list *timer)
{
	int was_pending = del_timer(timer);

	while (READ_ONCE(running_timer) == timer)
		cpu_relax();
	return was_pending;
}

static struct timer_list *take_expired(void)
{
	struct timer_list *timer = list_first_entry_or_null(&timers, struct timer_list, entry);

	if (!timer || time_before(jiffies, timer->expires))
		return NULL;
	list_del(&timer->entry);
	return timer;
}

/* The lock is dropped around each call: the function may arm, disarm and free. */
void run_local_timers(void)
{
	struct timer_list *timer;

	spin_lock(&timer_lock);
	while ((timer = take_expired())) {
		WRITE_ONCE(running_timer, timer);
		spin_unlock(&timer_lock);
		timer->function(timer);
		spin_lock(&timer_lock);
		WRITE_ONCE(running_timer, NULL);
	}
	spin_unlock(&timer_lock);
}
