/* SPDX-License-Identifier: MIT */
/* Host: one thread. A lock taken twice would be a deadlock and stops the test. */
#pragma once

#include <kernel/base/irqflags.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

typedef struct {
	bool held;
} spinlock_t;

#define __SPIN_LOCK_UNLOCKED  { false }
#define DEFINE_SPINLOCK(name) spinlock_t name = __SPIN_LOCK_UNLOCKED

static inline void spin_lock_init(spinlock_t *lock)
{
	lock->held = false;
}

static inline void spin_lock(spinlock_t *lock)
{
	if (lock->held)
		__builtin_trap();
	lock->held = true;
}

static inline void spin_unlock(spinlock_t *lock)
{
	if (!lock->held)
		__builtin_trap();
	lock->held = false;
}

static inline bool spin_is_locked(const spinlock_t *lock)
{
	return lock->held;
}

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
