/* SPDX-License-Identifier: MIT */
/*
 * Making a task that the switch can go to.
 * Linux counterpart: arch/arm/kernel/process.c
 */
#include <asm/fpu.h>
#include <asm/processor.h>
#include <kernel/base/percpu.h>
#include <kernel/lib/string.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/sched.h>

void ret_from_fork(void);

static void copy_thread(struct task_struct *p, u32 fn, u32 arg)
{
	struct cpu_context *context = &p->thread.cpu_context;

	memset(context, 0, sizeof(*context));
	context->r4_r10[0] = fn;
	context->r4_r10[1] = arg;
	context->sp = (unsigned long)task_pt_regs(p);
	context->pc = (unsigned long)ret_from_fork;
}

void copy_thread_kernel(struct task_struct *p, int (*fn)(void *), void *arg)
{
	memset(task_pt_regs(p), 0, sizeof(struct pt_regs));
	copy_thread(p, (unsigned long)fn, (unsigned long)arg);
	p->thread.tp_value = p->thread.tp2_value = 0;
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
	p->thread.tp_value = tls ? tls : read_cp15(CP15_TPIDRURO);
	p->thread.tp2_value = read_cp15(CP15_TPIDRURW);
}

void copy_thread_idle(struct task_struct *p, void (*fn)(void))
{
	copy_thread(p, 0, 0);
	p->thread.cpu_context.pc = (unsigned long)fn;
	p->thread.cpu_offset = __per_cpu_offset[p->cpu];
}

void start_thread(struct pt_regs *regs, unsigned long pc, unsigned long sp)
{
	memset(regs, 0, sizeof(*regs));
	regs->pc = pc & ~1UL;
	regs->sp = sp;
	fpu_release();
	memset(&current->thread.fpu, 0, sizeof(struct fpu_state));
	/* Or the new program could read the old one's thread pointers. */
	write_cp15(0, CP15_TPIDRURO);
	write_cp15(0, CP15_TPIDRURW);
	regs->psr = MODE_USR | (pc & 1 ? PSR_T_BIT : 0);
}
