/* SPDX-License-Identifier: MIT */
/*
 * The last stop before user mode, wherever the task came from: a system call, an interrupt, its
 * birth. A user program loses the CPU, and its life, only here.
 *
 * Linux counterpart: kernel/entry/common.c
 */

#include <kernel/base/irqflags.h>
#include <kernel/sched/sched.h>
#include <kernel/sched/signal.h>

/*
 * Interrupts are off at the last look, so that nothing new comes between it and user mode. The end
 * of an interrupted call comes last: it may bring back a mask that lets more signals through.
 */
void exit_to_user_mode(struct pt_regs *regs)
{
	while (READ_ONCE(current->exit_work)) {
		local_irq_enable();
		if (signal_pending(current))
			do_signal(regs);
		else if (call_interrupted(current))
			restart_call(regs);
		cond_resched();
		local_irq_disable();
	}
}
