/* SPDX-License-Identifier: MIT */
/*
 * Which processors there are, by number. The boot processor is 0, the others follow in the order of
 * the device tree. A processor is online from its first interrupt until it is stopped.
 *
 * Linux counterpart: include/linux/smp.h, cpumask.h
 */
#pragma once

#include <kernel/base/percpu.h>
#include <kernel/lib/types.h>

DECLARE_PER_CPU(unsigned int, cpu_number);

/* The processor that runs this code. It may be another one after the caller has slept. */
#define smp_processor_id() this_cpu_read(cpu_number)

/* How many processors the machine has, at most NR_CPUS: their numbers are below this. */
extern unsigned int nr_cpu_ids;

#define for_each_possible_cpu(cpu) for ((cpu) = 0; (cpu) < nr_cpu_ids; (cpu)++)

/* A bit for each processor that is online. */
extern unsigned long cpu_online_mask;

static inline bool cpu_online(unsigned int cpu)
{
	return NR_CPUS == 1 || READ_ONCE(cpu_online_mask) >> cpu & 1;
}

#define for_each_online_cpu(cpu)                  \
	for ((cpu) = 0; (cpu) < NR_CPUS; (cpu)++) \
		if (cpu_online(cpu))

/* How many those are. Any context. */
unsigned int num_online_cpus(void);

/* Called by the processor itself, interrupts off. */
void set_cpu_online(unsigned int cpu, bool online);
