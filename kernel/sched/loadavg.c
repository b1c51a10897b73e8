/* SPDX-License-Identifier: MIT */
/*
 * The load: how many tasks want a processor, on average over the last 1, 5 and 15 minutes. Every
 * five seconds each average moves towards the number of now, by a share that makes an old number
 * count 1/e after that time.
 *
 * Linux counterpart: kernel/sched/loadavg.c, include/linux/sched/loadavg.h
 */

#include <kernel/base/initcall.h>
#include <kernel/sched/loadavg.h>
#include <kernel/sched/sched.h>
#include <kernel/time/jiffies.h>
#include <kernel/time/timer.h>

#define LOAD_FREQ (5 * HZ + 1) /* one tick more, so that it does not beat with other work */

/* e to the power of -5 s / 1, 5 and 15 minutes, in units of FIXED_1. */
static const unsigned long decay[3] = { 1884, 2014, 2037 };

unsigned long avenrun[3];

static unsigned int nr_active(void)
{
	struct task_struct *p;
	unsigned long flags;
	unsigned int nr = 0;

	spin_lock_irqsave(&tasklist_lock, flags);
	list_for_each_entry(p, &init_task.tasks, tasks)
		nr += p->on_rq || p->state == TASK_UNINTERRUPTIBLE;
	spin_unlock_irqrestore(&tasklist_lock, flags);
	return nr;
}

static void calc_load(struct timer_list *timer)
{
	unsigned long active = nr_active() * FIXED_1;
	int i;

	for (i = 0; i < 3; i++)
		avenrun[i] = (avenrun[i] * decay[i] + active * (FIXED_1 - decay[i])) / FIXED_1;
	mod_timer(timer, jiffies + LOAD_FREQ);
}

static int __init loadavg_init(void)
{
	static struct timer_list timer;

	timer_setup(&timer, calc_load, 0);
	mod_timer(&timer, jiffies + LOAD_FREQ);
	return 0;
}
core_initcall(loadavg_init);
