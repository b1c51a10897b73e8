/* SPDX-License-Identifier: MIT */
/*
 * Switches what switch.S does not: the thread pointers that user mode can read, and the
 * floating-point registers. Linux counterpart: __switch_to() in arch/arm/kernel/process.c
 */
#include <asm/processor.h>
#include <kernel/lib/macros.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/sched.h>

_Static_assert(offsetof(struct task_struct, thread.cpu_context) == 0, "switch.S counts on it");
_Static_assert(offsetof(struct cpu_context, sp) == 32 && offsetof(struct cpu_context, pc) == 36,
	       "the offsets of switch.S and secondary.S");

struct task_struct *cpu_switch_to(struct task_struct *prev, struct task_struct *next);

struct task_struct *__switch_to(struct task_struct *prev, struct task_struct *next)
{
	fpu_release();
	prev->thread.tp_value = read_cp15(CP15_TPIDRURO);
	prev->thread.tp2_value = read_cp15(CP15_TPIDRURW);
	/* No isb: only user mode reads them, and the exception return synchronises. */
	write_cp15(next->thread.tp_value, CP15_TPIDRURO);
	write_cp15(next->thread.tp2_value, CP15_TPIDRURW);
	next->thread.cpu_offset = prev->thread.cpu_offset;
	return cpu_switch_to(prev, next);
}
