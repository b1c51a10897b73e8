/* SPDX-License-Identifier: MIT */
/*
 * Sleeping locks, made of a wait queue whose lock also guards the owner.
 *
 * Linux counterpart: kernel/locking/mutex.c
 */

#include <kernel/base/bug.h>
#include <kernel/sched/mutex.h>
#include <kernel/sched/sched.h>

void mutex_init(struct mutex *lock)
{
	lock->owner = NULL;
	init_waitqueue_head(&lock->wait);
}

bool mutex_trylock(struct mutex *lock)
{
	unsigned long flags;
	bool free;

	spin_lock_irqsave(&lock->wait.lock, flags);
	free = !lock->owner;
	if (free)
		lock->owner = current;
	spin_unlock_irqrestore(&lock->wait.lock, flags);
	return free;
}

void mutex_lock(struct mutex *lock)
{
	BUG_ON(READ_ONCE(lock->owner) == current);
	lock_debug_may_sleep(); /* also where the mutex happens to be free */
	wait_event(lock->wait, mutex_trylock(lock));
}

void mutex_unlock(struct mutex *lock)
{
	unsigned long flags;

	BUG_ON(READ_ONCE(lock->owner) != current);
	spin_lock_irqsave(&lock->wait.lock, flags);
	lock->owner = NULL;
	/* Under the lock: once it is free, the next owner may free the memory with the mutex. */
	wake_up_locked(&lock->wait);
	spin_unlock_irqrestore(&lock->wait.lock, flags);
}
