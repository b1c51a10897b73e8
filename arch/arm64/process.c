/* SPDX-License-Identifier: MIT */
/*
 * Making a task that the switch can go to.
 * Linux counterpart: arch/arm64/kernel/process.c
 */
#include <asm/fpu.h>
#include <asm/processor.h>
#include <kernel/base/percpu.h>
#include <kernel/lib/string.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/sched.h>

void ret_from_fork(void);

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
	fpu_release(); /* the child's are a copy of what is in memory then */
	p->thread.fpu = current->thread.fpu;
	regs->regs[0] = 0;
	if (newsp)
		regs->sp = newsp;
	copy_thread(p, 0, 0);
	p->thread.tp_value = tls ? tls : read_sysreg(tpidr_el0);
}

/* secondary_entry takes the distance of the per-CPU variables from x19. */
void copy_thread_idle(struct task_struct *p, void (*fn)(void))
{
	copy_thread(p, __per_cpu_offset[p->cpu], 0);
	p->thread.cpu_context.pc = (unsigned long)fn;
}

void start_thread(struct pt_regs *regs, unsigned long pc, unsigned long sp)
{
	memset(regs, 0, sizeof(*regs));
	regs->pc = pc;
	regs->sp = sp;
	regs->pstate = PSR_MODE_EL0t;
	fpu_release();
	memset(&current->thread.fpu, 0, sizeof(struct fpu_state));
	write_sysreg(0, tpidr_el0); /* or the new program could read the old one's thread pointer */
}
