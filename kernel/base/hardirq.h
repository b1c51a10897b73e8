/* SPDX-License-Identifier: MIT */
/*
 * Is this code running inside an interrupt handler? Such code may not sleep, and may not allocate
 * virtual address space.
 *
 * Linux counterpart: include/linux/hardirq.h, preempt.h
 */
#pragma once

#include <kernel/lib/types.h>

#ifdef CONFIG_HOST
#define in_interrupt() false
#else
#include <kernel/base/percpu.h>

DECLARE_PER_CPU(unsigned int, hardirq_count);

#define in_interrupt() (this_cpu_read(hardirq_count) != 0)

/* Around the handling of an interrupt; called by the entry code, interrupts off. */
static inline void irq_enter(void)
{
	this_cpu_inc(hardirq_count);
}

static inline void irq_exit(void)
{
	this_cpu_dec(hardirq_count);
}
#endif
