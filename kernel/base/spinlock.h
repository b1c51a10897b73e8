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

/*
 * Both tickets are in one (little-endian) word, so that one atomic addition takes a free lock and
 * tells that it was free.
 */
typedef union {
	u32 tickets;
	struct {
		u16 owner; /* the ticket that is served */
		u16 next;  /* the ticket that the next caller takes */
	};
} spinlock_t;

#define SPIN_NEXT_TICKET (1U << 16)

#define __SPIN_LOCK_UNLOCKED  { 0 }
#define DEFINE_SPINLOCK(name) spinlock_t name = __SPIN_LOCK_UNLOCKED

static inline void spin_lock_init(spinlock_t *lock)
{
	*lock = (spinlock_t)__SPIN_LOCK_UNLOCKED;
}

static inline void spin_lock(spinlock_t *lock)
{
	/* Acquire: what the lock guards is read after it is ours. */
	spinlock_t now = { __atomic_fetch_add(&lock->tickets, SPIN_NEXT_TICKET, __ATOMIC_ACQUIRE) };

	/* now.next is our ticket. */
	while (unlikely(now.owner != now.next)) {
		cpu_relax();
		now.owner = __atomic_load_n(&lock->owner, __ATOMIC_ACQUIRE);
	}
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
