/* SPDX-License-Identifier: MIT */
/*
 * Spin locks, as ticket locks: each caller takes the next ticket and waits until that is served, so
 * the order is that of arrival and no processor starves.
 *
 * A lock that an interrupt handler also takes must be taken with the _irqsave variant. The kernel
 * is not preempted, so a plain spin_lock() needs no more than the lock itself.
 *
 * Linux counterpart: include/linux/spinlock.h, include/asm-generic/spinlock.h (most architectures
 * use a queued lock today).
 */
#pragma once

#include <asm/processor.h>
#include <kernel/base/irqflags.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

typedef struct {
	u32 next;  /* the ticket that the next caller takes */
	u32 owner; /* the ticket that is served */
} spinlock_t;

#define __SPIN_LOCK_UNLOCKED  { 0, 0 }
#define DEFINE_SPINLOCK(name) spinlock_t name = __SPIN_LOCK_UNLOCKED

static inline void spin_lock_init(spinlock_t *lock)
{
	*lock = (spinlock_t)__SPIN_LOCK_UNLOCKED;
}

static inline void spin_lock(spinlock_t *lock)
{
	u32 ticket = __atomic_fetch_add(&lock->next, 1, __ATOMIC_RELAXED);

	/* Acquire: what the lock guards is read after it is ours. */
	while (__atomic_load_n(&lock->owner, __ATOMIC_ACQUIRE) != ticket)
		cpu_relax();
}

static inline void spin_unlock(spinlock_t *lock)
{
	/* Release: what was written under the lock is seen before the next owner goes on. */
	__atomic_store_n(&lock->owner, lock->owner + 1, __ATOMIC_RELEASE);
}

static inline bool spin_is_locked(const spinlock_t *lock)
{
	return READ_ONCE(lock->next) != READ_ONCE(lock->owner);
}

/* A macro, because flags is set: as in Linux. */
#define spin_lock_irqsave(lock, flags) \
	do {                           \
		local_irq_save(flags); \
		spin_lock(lock);       \
	} while (0)

static inline void spin_unlock_irqrestore(spinlock_t *lock, unsigned long flags)
{
	spin_unlock(lock);
	local_irq_restore(flags);
}
