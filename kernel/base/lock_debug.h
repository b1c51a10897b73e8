/* SPDX-License-Identifier: MIT */
/*
 * Checks of spin locks, in a build of its own: `make DEBUG_LOCKS=1`. The first mistake is a panic
 * that names the code that made it:
 *
 *   - a processor takes a lock that it has, or gives back one that it does not have;
 *   - a task sleeps with a lock held;
 *   - two locks are taken in both orders, so that two processors may wait for each other;
 *   - a lock is taken in an interrupt, and elsewhere with interrupts on.
 *
 * All but the first two are found without the processors ever meeting: it is enough that each of
 * the two ways was taken once.
 *
 * Linux counterpart: lib/locking (DEBUG_SPINLOCK, lockdep)
 */
#pragma once

#include <kernel/lib/types.h>

#ifdef CONFIG_DEBUG_LOCKS

/* What is known of one lock. Zero: nothing yet. */
struct lock_debug {
	unsigned int owner;    /* the processor's number + 1; 0: free */
	unsigned int class;    /* its row of the order, + 1: locks that the same code takes first */
	const void *in_irq;    /* who took it in an interrupt */
	const void *with_irqs; /* who took it with interrupts on */
};

/* Around spin_lock() and in front of spin_unlock(). Any context. */
void lock_debug_before(struct lock_debug *lock);
void lock_debug_taken(struct lock_debug *lock);
void lock_debug_release(struct lock_debug *lock);

/* Where a task is about to sleep. */
void lock_debug_may_sleep(void);

/* The kernel crashes: no checks from here on. */
void lock_debug_off(void);

#else

struct lock_debug {
};

static inline void lock_debug_before(struct lock_debug *lock)
{
}

static inline void lock_debug_taken(struct lock_debug *lock)
{
}

static inline void lock_debug_release(struct lock_debug *lock)
{
}

static inline void lock_debug_may_sleep(void)
{
}

static inline void lock_debug_off(void)
{
}

#endif
