/* SPDX-License-Identifier: MIT */
/*
 * The per-CPU variables of the ground floor: where each processor's copy of all others lies, and
 * how deep in interrupts it is.
 *
 * Linux counterpart: mm/percpu.c (__per_cpu_offset)
 */
#include <kernel/base/hardirq.h>
#include <kernel/base/percpu.h>

unsigned long __per_cpu_offset[NR_CPUS];

DEFINE_PER_CPU(unsigned int, hardirq_count);
