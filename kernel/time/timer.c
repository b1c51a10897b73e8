/* SPDX-License-Identifier: MIT */
/*
 * Timers, as a wheel: a list for each of 64 jiffies in a row, and those of later rounds are in the
 * same lists. Arming appends to one list, and the tick looks at one list, so neither grows with the
 * number of timers, until there are several hundred.
 *
 * Invariants: entry.next is NULL exactly while a timer is not armed. All timers in the lists of
 * jiffies before next_jiffy expire in a later round.
 *
 * Linux counterpart: kernel/time/timer.c (there wheels of wheels: later timers are less exact)
 */

#include <asm/processor.h>
#include <kernel/base/bug.h>
#include <kernel/base/spinlock.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/timer.h>

#define WHEEL_SIZE 64 /* a power of two: jiffies wrap around */

/* Guards the wheel, and every armed timer in it. */
static DEFINE_SPINLOCK(timer_lock);
static struct list_head wheel[WHEEL_SIZE];
static unsigned long next_jiffy = INITIAL_JIFFIES; /* whose timers are run next */
static struct timer_list *running_timer;           /* one, because only one processor runs timers */

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

/* The list for a jiffy. Its head is made when it is first used. Lock held. */
static struct list_head *list_of(unsigned long jiffy)
{
	struct list_head *list = &wheel[jiffy % WHEEL_SIZE];

	if (!list->next)
		INIT_LIST_HEAD(list);
	return list;
}

/* A time that is past counts as the next jiffy. Equal ones run in the order they were armed. */
static void insert(struct timer_list *timer)
{
	unsigned long expires = timer->expires;

	list_add_tail(&timer->entry,
		      list_of(time_before(expires, next_jiffy) ? next_jiffy : expires));
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
	insert(timer);
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

/* Takes the next timer that is due, by time. NULL when all up to this jiffy have been run. */
static struct timer_list *take_expired(void)
{
	struct timer_list *timer;

	for (; time_after_eq(jiffies, next_jiffy); next_jiffy++) {
		list_for_each_entry(timer, list_of(next_jiffy), entry) {
			if (time_after(timer->expires, next_jiffy))
				continue; /* in a later round */
			list_del(&timer->entry);
			return timer;
		}
	}
	return NULL;
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
