/* SPDX-License-Identifier: MIT */
/*
 * Allocates the copies of per-CPU variables for processors other than the first.
 *
 * They lie in the linear map. So they can be used while a processor runs on any tables, and on arm
 * in any address space.
 *
 * Linux counterpart: mm/percpu.c (setup_per_cpu_areas)
 */
#include <kernel/base/init.h>
#include <kernel/base/smp.h>
#include <mm/gfp.h>
#include <mm/page.h>
#include <mm/percpu.h>

bool __init setup_per_cpu_area(unsigned int cpu)
{
	unsigned long size = __per_cpu_end - __per_cpu_start;
	unsigned long area = __get_free_pages(GFP_KERNEL | __GFP_ZERO, get_order(size));

	if (!area)
		return false;
	__per_cpu_offset[cpu] = area - (unsigned long)__per_cpu_start;
	per_cpu(cpu_number, cpu) = cpu;
	return true;
}
