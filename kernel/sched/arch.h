/* SPDX-License-Identifier: MIT */
/*
 * What an architecture does for the scheduler: the whole contract between kernel/sched, kernel/exec
 * and arch/<name>/{entry.S,process.c}. Declared here, implemented there.
 *
 * Linux counterpart: asm/switch_to.h, asm/processor.h and copy_thread() of
 * arch/<name>/kernel/process.c
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

struct ksignal;
struct pt_regs;
struct task_struct;

/*
 * Saves the callee-saved registers and the stack of prev, takes up those of next and makes next
 * `current`. Returns, on next's stack, the task that ran before. Called by schedule() alone, with
 * the run queue locked and interrupts off; the address space was switched before.
 */
struct task_struct *__switch_to(struct task_struct *prev, struct task_struct *next);

/*
 * Prepares p so that its first __switch_to leads to schedule_tail(prev) and then to fn(arg). When
 * fn returns, the task goes to user mode with task_pt_regs(p), which kernel_execve() has filled by
 * then. task_pt_regs(p) is zeroed here.
 */
void copy_thread_kernel(struct task_struct *p, int (*fn)(void *), void *arg);

/*
 * Prepares p as the child of the system call that current is in: first schedule_tail(prev), then a
 * return to user mode with a copy of current's registers, the result 0, and newsp as stack unless
 * it is 0.
 */
void copy_thread_user(struct task_struct *p, unsigned long newsp, unsigned long tls);

/*
 * Prepares p, whose cpu is set, for secondary_entry (kernel/smp.h): that calls fn() as p, on p's
 * stack, with the per-CPU variables of that processor.
 */
void copy_thread_idle(struct task_struct *p, void (*fn)(void));

/* Sets regs so that the return to user mode starts at pc, with stack sp and all else zero. */
void start_thread(struct pt_regs *regs, unsigned long pc, unsigned long sp);

/*
 * Lets regs go on in the signal handler: stores a frame with what regs hold, the floating-point
 * registers and mask below top. Returns 0 or -EFAULT. restore_rt_frame() is the way back: regs,
 * floating-point registers and *mask from the frame that regs' stack pointer leads to. Interrupts
 * on.
 */
int setup_rt_frame(const struct ksignal *ksig, u64 mask, unsigned long top, struct pt_regs *regs);
int restore_rt_frame(struct pt_regs *regs, u64 *mask);

/* What a handler without a restorer returns to: it lies at SIGPAGE, in every program. */
#define SIGRETURN_WORDS 4
extern const u32 sigreturn_code[SIGRETURN_WORDS];

/* Prints the registers, one console line for a few of them. Any context. */
void show_regs(struct pt_regs *regs);

/* --- The other way: what entry code calls --- */

/*
 * Says that the stack pointer sp of the kernel has left the current task's stack, and where that
 * is. On the overflow stack.
 */
void report_stack_overflow(unsigned long sp);
