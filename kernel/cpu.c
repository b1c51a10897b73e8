/* SPDX-License-Identifier: MIT */
/*
 * The first steps of a further processor. The interrupt controller and the timer have registered
 * what it has to do for itself; then it is online, and idles until a task is ready.
 *
 * It is not init code: one that comes late finds all of it.
 *
 * Linux counterpart: kernel/cpu.c, secondary_start_kernel() of arch/<name>/kernel/smp.c
 */

#include <kernel/base/bug.h>
#include <kernel/base/cpu.h>
#include <kernel/base/irqflags.h>
#include <kernel/base/printk.h>
#include <kernel/sched/sched.h>
#include <kernel/smp.h>

#define MAX_STARTING 4

static void (*starting[MAX_STARTING])(void);
static unsigned int nr_starting;

void register_cpu_starting(void (*fn)(void))
{
	BUG_ON(nr_starting == MAX_STARTING);
	starting[nr_starting++] = fn;
}

void __noreturn secondary_start_kernel(void)
{
	unsigned int i;

	secondary_arch_init();
	sched_init();
	for (i = 0; i < nr_starting; i++)
		starting[i]();
	pr_info("CPU%u: started, its number in the hardware is 0x%llx\n", smp_processor_id(),
		cpu_hwid());
	set_cpu_online(smp_processor_id(), true);
	local_irq_enable();
	cpu_startup_entry();
}
