/* SPDX-License-Identifier: MIT */
/*
 * Declares the operations that the `bench` command measures, and the bracket around each.
 *
 * Each call stands between two readings of the processor's cycle counter. What an empty bracket
 * costs is subtracted. A sample during which the timer ticked is dropped, because it holds the
 * interrupt's work too.
 */
#pragma once

#include <asm/pmu.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/types.h>
#include <kernel/time/jiffies.h>
#include <mm/vmalloc.h>

/* What is measured: SIZE bytes, of the device at PHYS where the operation maps one. */
struct bench_run {
	phys_addr_t phys;
	unsigned long size;
	struct vm_struct **areas; /* live areas, count of them */
	unsigned long count, next;
	unsigned long pages_before; /* free, when there was no live area yet */
};

/* The samples of one call. */
struct cost {
	u64 sum;
	unsigned long max;
	unsigned int samples;
};

struct bracket {
	unsigned long ticks, start;
};

/* Cycles between the readings of a bracket with nothing in it. */
extern unsigned long empty_bracket;

static __always_inline struct bracket open_bracket(void)
{
	struct bracket bracket = { .ticks = jiffies };

	bracket.start = pmu_cycles();
	return bracket;
}

/* What stood in the bracket was done times times. */
static __always_inline void close_bracket_of(const struct bracket *bracket, struct cost *cost,
					     unsigned long times)
{
	unsigned long cycles = (pmu_cycles() - bracket->start - empty_bracket) / times;

	if (bracket->ticks != jiffies)
		return;
	cost->sum += cycles;
	cost->max = max(cost->max, cycles);
	cost->samples++;
}

static __always_inline void close_bracket(const struct bracket *bracket, struct cost *cost)
{
	close_bracket_of(bracket, cost, 1);
}

/*
 * An operation: what it is measured by, and which words it wants. once() does and undoes it one
 * time, and returns false when it cannot be done.
 */
struct bench_op {
	const char *name;
	bool (*once)(struct bench_run *run, struct cost *make, struct cost *undo);
	bool device, sized, holes, needs_live;
	unsigned int times; /* 0: as the size allows */
};

/* The operations (bench_ops.c); the last has no name. */
extern const struct bench_op bench_ops[];
