/* SPDX-License-Identifier: MIT */
/*
 * Checks of spin locks; see lock_debug.h.
 *
 * Each processor has a stack of the locks that it holds. Locks that the same code takes first are a
 * class. For each class there is the set of classes that were taken while it was held. When a lock
 * is taken, none of those held may be in the set of its own class, nor in the sets of that set.
 *
 * Linux counterpart: kernel/locking/spinlock_debug.c, lockdep.c
 */
#include <asm/processor.h>
#include <asm/sysreg.h>
#include <kernel/base/export.h>
#include <kernel/base/hardirq.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/lock_debug.h>
#include <kernel/base/panic.h>
#include <kernel/base/smp.h>
#include <kernel/lib/macros.h>

#define MAX_HELD    16
#define MAX_CLASSES 256

struct held_locks {
	struct lock_debug *lock[MAX_HELD];
	const void *taker[MAX_HELD];
	unsigned int depth;
};

static DEFINE_PER_CPU(struct held_locks, held_locks);

/* A class, by the code that took the first lock of it; bits of all that were taken inside. */
static struct {
	const void *taker;
	u32 inside[MAX_CLASSES / 32];
} classes[MAX_CLASSES];
static unsigned int nr_classes;

static bool off;
static bool busy; /* one processor at a time looks at the classes; not a spin lock: no checks */

void lock_debug_off(void)
{
	WRITE_ONCE(off, true);
}

static void __noreturn report(const char *what, const void *here, const void *there)
{
	lock_debug_off();
	panic("locks: %pS %s %pS", here, what, there);
}

/* --- Classes and their order; interrupts off, busy is held --- */

static unsigned int find_class(const void *taker)
{
	unsigned int i;

	for (i = 0; i < nr_classes; i++)
		if (classes[i].taker == taker)
			return i + 1;
	if (nr_classes == MAX_CLASSES)
		return 0; /* beyond the table: its order is not checked */
	classes[nr_classes++].taker = taker;
	return nr_classes;
}

static bool is_inside(unsigned int outer, unsigned int inner)
{
	return classes[outer].inside[inner / 32] >> inner % 32 & 1;
}

/* Is there a way from outer to inner? `seen` are the classes that were looked at. */
static bool leads_to(unsigned int outer, unsigned int inner, u32 *seen)
{
	unsigned int i;

	if (is_inside(outer, inner))
		return true;
	seen[outer / 32] |= 1U << outer % 32;
	for (i = 0; i < nr_classes; i++)
		if (is_inside(outer, i) && !(seen[i / 32] >> i % 32 & 1) &&
		    leads_to(i, inner, seen))
			return true;
	return false;
}

/* Notes that inner was taken while outer was held. Returns false when the other order is known. */
static bool note_order(unsigned int outer, unsigned int inner)
{
	u32 seen[MAX_CLASSES / 32] = { 0 };

	if (!outer || !inner || outer == inner || is_inside(outer - 1, inner - 1))
		return true;
	if (leads_to(inner - 1, outer - 1, seen))
		return false;
	classes[outer - 1].inside[(inner - 1) / 32] |= 1U << (inner - 1) % 32;
	return true;
}

static const void *check_order(struct lock_debug *lock, const void *taker)
{
	const struct held_locks *held = this_cpu_ptr(&held_locks);
	const void *wrong = NULL;
	unsigned int i;

	while (__atomic_test_and_set(&busy, __ATOMIC_ACQUIRE))
		cpu_relax();
	if (!lock->class)
		lock->class = find_class(taker);
	for (i = 0; i < held->depth; i++)
		if (!note_order(held->lock[i]->class, lock->class))
			wrong = held->taker[i];
	__atomic_clear(&busy, __ATOMIC_RELEASE);
	return wrong;
}

/* --- One lock --- */

static void check_interrupts(struct lock_debug *lock, const void *taker, unsigned long flags)
{
	if (in_interrupt())
		lock->in_irq = taker;
	else if (!(flags & PSR_I_BIT))
		lock->with_irqs = taker;
	if (lock->in_irq && lock->with_irqs)
		report("takes a lock in an interrupt that is taken with interrupts on by",
		       lock->in_irq, lock->with_irqs);
}

void lock_debug_before(struct lock_debug *lock)
{
	const void *taker = __builtin_return_address(0), *wrong;
	unsigned long flags;

	if (READ_ONCE(off))
		return;
	local_irq_save(flags);
	if (READ_ONCE(lock->owner) == smp_processor_id() + 1)
		report("takes a lock that this processor has, since", taker, taker);
	check_interrupts(lock, taker, flags);
	wrong = check_order(lock, taker);
	if (wrong)
		report("takes a lock inside another, which is also done the other way round: in",
		       taker, wrong);
	local_irq_restore(flags);
}
EXPORT_SYMBOL(lock_debug_before);

void lock_debug_taken(struct lock_debug *lock)
{
	struct held_locks *held = this_cpu_ptr(&held_locks);
	const void *taker = __builtin_return_address(0);
	unsigned long flags;

	if (READ_ONCE(off))
		return;
	local_irq_save(flags); /* an interrupt uses the same stack */
	if (held->depth == MAX_HELD)
		report("takes one lock more than a processor may hold, in", taker, taker);
	lock->owner = smp_processor_id() + 1;
	held->lock[held->depth] = lock;
	held->taker[held->depth++] = taker;
	local_irq_restore(flags);
}
EXPORT_SYMBOL(lock_debug_taken);

void lock_debug_release(struct lock_debug *lock)
{
	struct held_locks *held = this_cpu_ptr(&held_locks);
	const void *here = __builtin_return_address(0);
	unsigned long flags;
	unsigned int i;

	if (READ_ONCE(off))
		return;
	local_irq_save(flags);
	for (i = held->depth; i && held->lock[i - 1] != lock; i--)
		;
	if (!i)
		report("gives back a lock that this processor does not have, in", here, here);
	for (held->depth--; i <= held->depth; i++) {
		held->lock[i - 1] = held->lock[i];
		held->taker[i - 1] = held->taker[i];
	}
	lock->owner = 0;
	local_irq_restore(flags);
}
EXPORT_SYMBOL(lock_debug_release);

void lock_debug_may_sleep(void)
{
	const struct held_locks *held = this_cpu_ptr(&held_locks);
	const void *here = __builtin_return_address(0);

	if (!READ_ONCE(off) && held->depth)
		report("sleeps with a lock held, taken by", here, held->taker[held->depth - 1]);
}
EXPORT_SYMBOL(lock_debug_may_sleep);
