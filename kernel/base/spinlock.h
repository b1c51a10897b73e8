/* SPDX-License-Identifier: MIT */
/*
 * Spin locks: a word that is 0 while the lock is free. A processor that finds it taken waits until
 * it changes, and tries again.
 *
 * A lock that an interrupt handler also takes must be taken with the _irqsave variant, and so must
 * every lock that is taken inside such a one. The kernel is not preempted, so a plain spin_lock()
 * needs no more than the lock itself.
 *
 * The order of the waiters is not kept. A ticket lock would keep it, but hands the lock to one
 * certain processor. Where a host runs more virtual processors than it has real ones, that one may
 * not be running, and all others wait for the host's scheduler to let it run.
 *
 * Linux counterpart: include/linux/spinlock.h, asm-generic/qspinlock.h (a queued lock, for which
 * this one is the fallback in a virtual machine: virt_spin_lock())
 */
#pragma once

#include <asm/percpu.h>
#include <asm/processor.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/lock_debug.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

typedef struct {
	u32 locked;
	struct lock_debug debug; /* empty, unless locks are checked */
} spinlock_t;

#define __SPIN_LOCK_UNLOCKED  { 0 }
#define DEFINE_SPINLOCK(name) spinlock_t name = __SPIN_LOCK_UNLOCKED

static inline void spin_lock_init(spinlock_t *lock)
{
	*lock = (spinlock_t)__SPIN_LOCK_UNLOCKED;
}

static inline void spin_lock(spinlock_t *lock)
{
	lock_debug_before(&lock->debug);
	if (NR_CPUS == 1) { /* no other processor to wait for, nor to order anything against */
		WRITE_ONCE(lock->locked, 1);
		barrier();
	} else {
		/* Acquire: what the lock guards is read after it is ours. */
		while (unlikely(__atomic_exchange_n(&lock->locked, 1, __ATOMIC_ACQUIRE)))
			wait_while_equal(&lock->locked, 1); /* loads keep it in all caches */
	}
	lock_debug_taken(&lock->debug);
}

static inline void spin_unlock(spinlock_t *lock)
{
	lock_debug_release(&lock->debug);
	if (NR_CPUS == 1) {
		barrier();
		WRITE_ONCE(lock->locked, 0);
		return;
	}
	/* Release: what was written under the lock is seen before the next owner goes on. */
	__atomic_store_n(&lock->locked, 0, __ATOMIC_RELEASE);
	end_waits();
}

static inline bool spin_is_locked(const spinlock_t *lock)
{
	return READ_ONCE(lock->locked);
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
