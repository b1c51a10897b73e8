/* SPDX-License-Identifier: MIT */
/*
 * Switches what switch.S does not: the thread pointers that user mode can read, and the
 * floating-point registers. Linux counterpart: __switch_to() in arch/arm64/kernel/process.c
 */
#include <asm/processor.h>
#include <kernel/base/percpu.h>
#include <kernel/lib/macros.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/sched.h>

_Static_assert(offsetof(struct task_struct, thread.cpu_context) == 0, "switch.S counts on it");
_Static_assert(offsetof(struct cpu_context, fp) == 80 && offsetof(struct cpu_context, pc) == 96,
	       "the offsets of switch.S and secondary.S");

struct task_struct *cpu_switch_to(struct task_struct *prev, struct task_struct *next);

/* The task whose user mode the next exception from EL0 interrupts. */
DEFINE_PER_CPU(struct task_struct *, __entry_task);

struct task_struct *__switch_to(struct task_struct *prev, struct task_struct *next)
{
	fpu_release();
	prev->thread.tp_value = read_sysreg(tpidr_el0);
	/* No isb: only user mode reads it, and the exception return synchronises. */
	write_sysreg(next->thread.tp_value, tpidr_el0);
	this_cpu_write(__entry_task, next);
	return cpu_switch_to(prev, next);
}
