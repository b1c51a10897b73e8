/* SPDX-License-Identifier: MIT */
/*
 * The lock word: a ticket lock. Who comes takes the next ticket and waits until it is served, so
 * the order is that of arrival and no processor starves. Both architectures use it; a host build
 * has empty locks instead.
 *
 * Linux counterpart: include/asm-generic/spinlock.h (most architectures use a queued lock today).
 */
#pragma once

#include <asm/processor.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

typedef struct {
	u32 next;
	u32 owner;
} arch_spinlock_t;

#define ARCH_SPIN_LOCK_UNLOCKED { 0, 0 }

static inline void arch_spin_lock(arch_spinlock_t *lock)
{
	u32 ticket = __atomic_fetch_add(&lock->next, 1, __ATOMIC_RELAXED);

	while (__atomic_load_n(&lock->owner, __ATOMIC_ACQUIRE) != ticket)
		cpu_relax();
}

static inline void arch_spin_unlock(arch_spinlock_t *lock)
{
	__atomic_store_n(&lock->owner, lock->owner + 1, __ATOMIC_RELEASE);
}

static inline bool arch_spin_is_locked(const arch_spinlock_t *lock)
{
	return READ_ONCE(lock->next) != READ_ONCE(lock->owner);
}
