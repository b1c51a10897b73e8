/* SPDX-License-Identifier: MIT */
/*
 * The distance from the first copy of the per-CPU variables, in the image, to this processor's
 * copy. The one register that only the kernel sees holds `current`, so the distance is kept in the
 * running task: the switch hands it on from task to task.
 *
 * A build for one processor uses the first copy itself.
 *
 * Linux counterpart: arch/arm/include/asm/percpu.h (there TPIDRPRW holds the distance)
 */
#pragma once

/* How many processors the kernel can drive; as many as version 2 of the GIC. */
#define NR_CPUS (CONFIG_SMP ? 8 : 1)

#ifndef __ASSEMBLER__
#include <asm/processor.h>

/* thread is the first member of a task. A cast, because this floor does not know the others. */
#define my_cpu_offset() (CONFIG_SMP ? ((struct thread_struct *)get_current())->cpu_offset : 0UL)
#endif
