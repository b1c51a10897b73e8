/* SPDX-License-Identifier: MIT */
/*
 * Sleeping for a time: a timer on the sleeper's stack wakes it.
 *
 * Linux counterpart: kernel/time/timer.c (schedule_timeout, msleep)
 */

#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/timer.h>

struct process_timer {
	struct timer_list timer;
	struct task_struct *task;
};

static void process_timeout(struct timer_list *timer)
{
	struct process_timer *timeout = from_timer(timeout, timer, timer);

	wake_up_process(timeout->task);
}

long schedule_timeout(long timeout)
{
	struct process_timer timeout_timer = { .task = current };
	unsigned long expires = jiffies + timeout;

	if (timeout == MAX_SCHEDULE_TIMEOUT) {
		schedule();
		return timeout;
	}
	timer_setup(&timeout_timer.timer, process_timeout, 0);
	mod_timer(&timeout_timer.timer, expires);
	schedule();
	del_timer_sync(&timeout_timer.timer);
	timeout = expires - jiffies;
	return timeout < 0 ? 0 : timeout;
}

long schedule_timeout_interruptible(long timeout)
{
	set_current_state(TASK_INTERRUPTIBLE);
	return schedule_timeout(timeout);
}

long schedule_timeout_uninterruptible(long timeout)
{
	set_current_state(TASK_UNINTERRUPTIBLE);
	return schedule_timeout(timeout);
}

/* One tick more than asked: the current one has begun already. */
void msleep(unsigned int msecs)
{
	long timeout = msecs_to_jiffies(msecs) + 1;

	while (timeout)
		timeout = schedule_timeout_uninterruptible(timeout);
}
