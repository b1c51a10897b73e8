/* SPDX-License-Identifier: MIT */
/*
 * Making a task that the switch can go to, and the switch. Linux counterpart:
 * arch/arm64/kernel/process.c
 */
#include <asm/processor.h>
#include <kernel/base/percpu.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/sched.h>

_Static_assert(offsetof(struct task_struct, thread.cpu_context) == 0, "entry.S counts on it");
_Static_assert(offsetof(struct cpu_context, fp) == 80 && offsetof(struct cpu_context, pc) == 96,
	       "cpu_switch_to's offsets");

struct task_struct *cpu_switch_to(struct task_struct *prev, struct task_struct *next);
void ret_from_fork(void);

/* The task whose user mode the next exception from EL0 interrupts. */
DEFINE_PER_CPU(struct task_struct *, __entry_task);
DECLARE_PER_CPU(struct task_struct *, __entry_task);

struct task_struct *__switch_to(struct task_struct *prev, struct task_struct *next)
{
	prev->thread.tp_value = read_sysreg(tpidr_el0);
	write_sysreg(next->thread.tp_value, tpidr_el0);
	this_cpu_write(__entry_task, next);
	return cpu_switch_to(prev, next);
}

static void copy_thread(struct task_struct *p, u64 fn, u64 arg)
{
	struct cpu_context *context = &p->thread.cpu_context;

	memset(context, 0, sizeof(*context));
	context->x19_x28[0] = fn;
	context->x19_x28[1] = arg;
	context->sp = (unsigned long)task_pt_regs(p);
	context->pc = (unsigned long)ret_from_fork;
}

void copy_thread_kernel(struct task_struct *p, int (*fn)(void *), void *arg)
{
	memset(task_pt_regs(p), 0, sizeof(struct pt_regs));
	copy_thread(p, (unsigned long)fn, (unsigned long)arg);
	p->thread.tp_value = 0;
}

void copy_thread_user(struct task_struct *p, unsigned long newsp, unsigned long tls)
{
	struct pt_regs *regs = task_pt_regs(p);

	*regs = *current_pt_regs();
	regs->regs[0] = 0;
	if (newsp)
		regs->sp = newsp;
	copy_thread(p, 0, 0);
	p->thread.tp_value = tls ? tls : read_sysreg(tpidr_el0);
}

void start_thread(struct pt_regs *regs, unsigned long pc, unsigned long sp)
{
	memset(regs, 0, sizeof(*regs));
	regs->pc = pc;
	regs->sp = sp;
	regs->pstate = PSR_MODE_EL0t;
	write_sysreg(0, tpidr_el0);
}
