/* SPDX-License-Identifier: MIT */
/*
 * What a task keeps while it does not run, and how a processor waits.
 * Linux counterpart: arch/arm/include/asm/processor.h, thread_info.h
 */
#pragma once

#include <asm/current.h>
#include <asm/fpu.h>
#include <asm/memlayout.h>
#include <asm/ptrace.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

/*
 * The registers that the procedure call standard makes a callee preserve: r4 to r11 and sp; and the
 * pc.
 */
struct cpu_context {
	u32 r4_r10[7];
	u32 fp;
	u32 sp;
	u32 pc;
};

struct thread_struct {
	struct cpu_context cpu_context;
	struct fpu_state fpu;     /* asm/fpu.h says when it is up to date */
	u32 tp_value;             /* TPIDRURO: the user's thread pointer */
	u32 tp2_value;            /* TPIDRURW: the user's own, to write as well */
	unsigned long cpu_offset; /* of the processor that runs the task (asm/percpu.h) */
};

/* A task's user registers: at the top of its kernel stack. */
#define task_pt_regs(task) ((struct pt_regs *)((unsigned long)(task)->stack + THREAD_SIZE) - 1)
#define current_pt_regs()  task_pt_regs(current)

/*
 * Makes the private call that regs ask for: its number is from __ARM_NR_BASE on. On the task's own
 * stack, interrupts off. (private_calls.c)
 */
void private_call(struct pt_regs *regs);

/* The way back from a handler without SA_SIGINFO, as restore_rt_frame(). (signal.c) */
int restore_frame(struct pt_regs *regs, u64 *mask);

/* For a loop that waits for another processor. */
static inline void cpu_relax(void)
{
	__asm__ volatile("yield" ::: "memory");
}

/*
 * Waits until *word is no longer value, or for a shorter time: the caller looks again. An event
 * between the load and the wfe is kept, and ends the wfe at once.
 */
static inline void wait_while_equal(const u32 *word, u32 value)
{
	if (READ_ONCE(*word) == value)
		__asm__ volatile("wfe" ::: "memory");
}

/* Behind a store to a word that others wait for: the end of their waits. */
static inline void end_waits(void)
{
	if (CONFIG_SMP) /* the store is seen before the event is */
		__asm__ volatile("dsb ishst\n\tsev" ::: "memory");
}

/*
 * Sleeps until an interrupt is pending; it need not be unmasked. The dsb completes all accesses
 * first, because wfi may enter a low-power state.
 */
static inline void cpu_do_idle(void)
{
	__asm__ volatile("dsb sy\n\twfi" ::: "memory");
}
