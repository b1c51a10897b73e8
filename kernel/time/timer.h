/* SPDX-License-Identifier: MIT */
/*
 * Timers: call a function once, when jiffies reaches a value.
 *
 * The function runs in interrupt context, so it must not sleep; it may arm its own timer again and
 * may free the timer. The armed timers of all processors are in one wheel, under one lock.
 *
 * Linux counterpart: include/linux/timer.h (there a hierarchy of wheels for each processor)
 */
#pragma once

#include <kernel/lib/list.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/types.h>

struct timer_list {
	struct list_head entry; /* in a list of the wheel; next is NULL while not armed */
	unsigned long expires;
	void (*function)(struct timer_list *timer);
};

#define from_timer(var, timer, field) container_of(timer, __typeof__(*var), field)

/* Prepares a timer; not armed. flags: none yet, 0. */
void timer_setup(struct timer_list *timer, void (*function)(struct timer_list *),
		 unsigned int flags);

/* Whether it is armed. */
bool timer_pending(const struct timer_list *timer);

/*
 * Arm, or move when armed, to expire at that value of jiffies. Returns whether it was armed. Any
 * context.
 */
int mod_timer(struct timer_list *timer, unsigned long expires);

/* Disarm. Returns whether it was armed. The function may still be running on another processor. */
int del_timer(struct timer_list *timer);

/* Disarm, and wait until the function runs nowhere. Not from interrupt context. */
int del_timer_sync(struct timer_list *timer);

/* Calls what has expired. Called by the boot processor's tick, interrupts off. */
void run_local_timers(void);
