/* SPDX-License-Identifier: MIT */
/*
 * The alarm clock of a process: SIGALRM when a timer runs out, once or again and again.
 *
 * Linux counterpart: kernel/time/itimer.c (there also clocks that count only while the task runs)
 */

#include <kernel/sched/signal.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/timer.h>

static void real_timer_expired(struct timer_list *timer)
{
	struct task_struct *p = container_of(timer, struct task_struct, real_timer);

	send_sig(SIGALRM, p); /* p is alive: its end waits for the timer's (set_real_timer) */
	if (p->real_interval)
		mod_timer(timer, jiffies + p->real_interval);
}

void init_real_timer(struct task_struct *p)
{
	timer_setup(&p->real_timer, real_timer_expired, 0);
	p->real_interval = 0;
}

void set_real_timer(struct task_struct *p, unsigned long ticks, unsigned long interval)
{
	p->real_interval = 0; /* first: a timer that runs just now would start again */
	del_timer_sync(&p->real_timer);
	p->real_interval = interval;
	if (ticks)
		mod_timer(&p->real_timer, jiffies + ticks);
}

unsigned long real_timer_left(const struct task_struct *p)
{
	long left = p->real_timer.expires - jiffies;

	if (!timer_pending(&p->real_timer))
		return 0;
	return left > 0 ? left : 1;
}
