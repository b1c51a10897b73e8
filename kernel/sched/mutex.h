/* SPDX-License-Identifier: MIT */
/*
 * A lock whose waiters sleep. It has an owner, which alone may unlock it, and is not recursive.
 *
 * Linux counterpart: include/linux/mutex.h (no optimistic spinning).
 */
#pragma once

#include <kernel/sched/wait.h>

struct mutex {
	struct task_struct *owner; /* NULL: free; protected by wait.lock */
	wait_queue_head_t wait;
};

#define __MUTEX_INITIALIZER(name) \
	{ .owner = NULL, .wait = __WAIT_QUEUE_HEAD_INITIALIZER(name.wait) }
#define DEFINE_MUTEX(name) struct mutex name = __MUTEX_INITIALIZER(name)

void mutex_init(struct mutex *lock);

/* Takes the lock, sleeping while another task has it. Process context. */
void mutex_lock(struct mutex *lock);

/* Takes the lock if it is free; true on success. Process context. */
bool mutex_trylock(struct mutex *lock);

/* Gives the lock up; only by its owner. */
void mutex_unlock(struct mutex *lock);
