/* SPDX-License-Identifier: MIT */
/*
 * Spin locks. What an interrupt handler also takes must be taken with the _irqsave or _irq variant.
 * The kernel is not preempted, so a plain spin_lock() needs no more than the lock word.
 *
 * Linux counterpart: include/linux/spinlock.h
 */
#pragma once

#include <asm/spinlock.h>
#include <kernel/base/irqflags.h>

typedef struct {
	arch_spinlock_t raw;
} spinlock_t;

#define __SPIN_LOCK_UNLOCKED  { ARCH_SPIN_LOCK_UNLOCKED }
#define DEFINE_SPINLOCK(name) spinlock_t name = __SPIN_LOCK_UNLOCKED

static inline void spin_lock_init(spinlock_t *lock)
{
	*lock = (spinlock_t)__SPIN_LOCK_UNLOCKED;
}

static inline void spin_lock(spinlock_t *lock)
{
	arch_spin_lock(&lock->raw);
}

static inline void spin_unlock(spinlock_t *lock)
{
	arch_spin_unlock(&lock->raw);
}

static inline void spin_lock_irq(spinlock_t *lock)
{
	local_irq_disable();
	spin_lock(lock);
}

static inline void spin_unlock_irq(spinlock_t *lock)
{
	spin_unlock(lock);
	local_irq_enable();
}

/* A macro, for flags is set: as in Linux. */
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

static inline bool spin_is_locked(spinlock_t *lock)
{
	return arch_spin_is_locked(&lock->raw);
}
