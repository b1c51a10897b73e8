/* SPDX-License-Identifier: MIT */
/*
 * Making a task that the switch can go to, and the switch. Linux counterpart:
 * arch/arm/kernel/process.c
 */
#include <asm/processor.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/sched/arch.h>
#include <kernel/sched/sched.h>

_Static_assert(offsetof(struct task_struct, thread.cpu_context) == 0, "entry.S counts on it");
_Static_assert(offsetof(struct cpu_context, sp) == 32 && offsetof(struct cpu_context, pc) == 36,
	       "cpu_switch_to's offsets");

struct task_struct *cpu_switch_to(struct task_struct *prev, struct task_struct *next);
void ret_from_fork(void);

struct task_struct *__switch_to(struct task_struct *prev, struct task_struct *next)
{
	prev->thread.tp_value = read_cp15(CP15_TPIDRURO);
	write_cp15(next->thread.tp_value, CP15_TPIDRURO);
	return cpu_switch_to(prev, next);
}

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
	p->thread.tp_value = tls ? tls : read_cp15(CP15_TPIDRURO);
}

void start_thread(struct pt_regs *regs, unsigned long pc, unsigned long sp)
{
	memset(regs, 0, sizeof(*regs));
	regs->pc = pc & ~1UL;
	regs->sp = sp;
	write_cp15(0, CP15_TPIDRURO);
	regs->psr = MODE_USR | (pc & 1 ? PSR_T_BIT : 0);
}
