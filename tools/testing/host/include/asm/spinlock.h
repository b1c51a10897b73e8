/* SPDX-License-Identifier: MIT */
/* Host: one thread. A lock taken twice would be a deadlock and stops the test. */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

typedef struct {
	bool held;
} arch_spinlock_t;

#define ARCH_SPIN_LOCK_UNLOCKED { false }

static inline void arch_spin_lock(arch_spinlock_t *lock)
{
	if (lock->held)
		__builtin_trap();
	lock->held = true;
}

static inline void arch_spin_unlock(arch_spinlock_t *lock)
{
	if (!lock->held)
		__builtin_trap();
	lock->held = false;
}

static inline bool arch_spin_is_locked(const arch_spinlock_t *lock)
{
	return lock->held;
}
