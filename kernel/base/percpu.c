/* SPDX-License-Identifier: MIT */
/*
 * The per-CPU variables of the ground floor: where each processor's copy of all others lies, which
 * processor it is, and how deep in interrupts it is.
 *
 * Linux counterpart: mm/percpu.c (__per_cpu_offset), kernel/cpu.c (__cpu_online_mask)
 */
#include <kernel/base/hardirq.h>
#include <kernel/base/percpu.h>
#include <kernel/base/smp.h>

unsigned long __per_cpu_offset[NR_CPUS];
unsigned int nr_cpu_ids = 1;

DEFINE_PER_CPU(unsigned int, cpu_number);
DEFINE_PER_CPU(unsigned int, hardirq_count);

unsigned long cpu_online_mask = 1;

void set_cpu_online(unsigned int cpu, bool online)
{
	/* Atomic, because two processors that stop write the same word. */
	if (online)
		__atomic_fetch_or(&cpu_online_mask, 1UL << cpu, __ATOMIC_RELEASE);
	else
		__atomic_fetch_and(&cpu_online_mask, ~(1UL << cpu), __ATOMIC_RELEASE);
}

unsigned int num_online_cpus(void)
{
	unsigned int cpu, n = 0;

	for_each_online_cpu(cpu)
		n++;
	return n;
}
