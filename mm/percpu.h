/* SPDX-License-Identifier: MIT */
/*
 * Declares how another processor gets its copies of the per-CPU variables.
 *
 * Linux counterpart: include/linux/percpu.h (there also areas that are allocated at run time)
 */
#pragma once

#include <kernel/lib/types.h>

/*
 * Allocates processor cpu's copies of all per-CPU variables, zero except for its number. Returns
 * false without memory. Once for each processor but the first, before it starts. Process context.
 */
bool setup_per_cpu_area(unsigned int cpu);
