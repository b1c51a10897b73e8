/* SPDX-License-Identifier: MIT */
/*
 * A lock for data that is read often and written seldom: readers do not wait for each other, nor
 * write anything. A writer makes the sequence odd while it writes, and even afterwards. A reader
 * that finds it odd, or changed, reads once more.
 *
 * The data must be such that a reader may see half of a change: numbers, and no pointer that a
 * writer frees.
 *
 * Linux counterpart: include/linux/seqlock.h
 */
#pragma once

#include <asm/barrier.h>
#include <kernel/base/spinlock.h>

typedef struct {
	unsigned int sequence;
	spinlock_t lock; /* one writer at a time */
} seqlock_t;

#define __SEQLOCK_UNLOCKED { 0, __SPIN_LOCK_UNLOCKED }

/* Begins a look at the data; what it returns goes to read_seqretry(). Any context. */
static inline unsigned int read_seqbegin(const seqlock_t *sl)
{
	unsigned int start;

	/* Acquire: the data is read behind it. */
	while (unlikely((start = __atomic_load_n(&sl->sequence, __ATOMIC_ACQUIRE)) & 1))
		cpu_relax();
	return start;
}

/* Whether a writer came in between, so that what was read must be read again. */
static inline bool read_seqretry(const seqlock_t *sl, unsigned int start)
{
	smp_rmb(); /* the data is read in front of it */
	return unlikely(READ_ONCE(sl->sequence) != start);
}

/* Interrupts off around it: a reader in an interrupt would wait for the writer it interrupts. */
#define write_seqlock_irqsave(sl, flags)                        \
	do {                                                    \
		spin_lock_irqsave(&(sl)->lock, flags);          \
		WRITE_ONCE((sl)->sequence, (sl)->sequence + 1); \
		/* odd in memory before the data changes */     \
		smp_wmb();                                      \
	} while (0)

static inline void write_sequnlock_irqrestore(seqlock_t *sl, unsigned long flags)
{
	smp_wmb(); /* the data is in memory before the sequence is even */
	WRITE_ONCE(sl->sequence, sl->sequence + 1);
	spin_unlock_irqrestore(&sl->lock, flags);
}
