/* SPDX-License-Identifier: MIT */
/*
 * What a task keeps while it does not run, and how a processor waits.
 * Linux counterpart: arch/arm64/include/asm/processor.h
 */
#pragma once

#include <asm/current.h>
#include <asm/fpu.h>
#include <asm/memlayout.h>
#include <asm/ptrace.h>
#include <kernel/lib/types.h>

/*
 * The registers that the procedure call standard makes a callee preserve: x19 to x29, sp, and where
 * to go on.
 */
struct cpu_context {
	u64 x19_x28[10];
	u64 fp;
	u64 sp;
	u64 pc;
};

struct thread_struct {
	struct cpu_context cpu_context;
	struct fpu_state fpu; /* asm/fpu.h says when it is up to date */
	u64 tp_value;         /* TPIDR_EL0: the user's thread pointer */
};

/* A task's user registers: at the top of its kernel stack. */
#define task_pt_regs(task) ((struct pt_regs *)((unsigned long)(task)->stack + THREAD_SIZE) - 1)
#define current_pt_regs()  task_pt_regs(current)

/* For a loop that waits for another processor. */
static inline void cpu_relax(void)
{
	__asm__ volatile("yield" ::: "memory");
}

/*
 * Waits until *word is no longer value, or for a shorter time: the caller looks again. The
 * exclusive load has the processor watch the word, so a store to it ends the wfe, also one in front
 * of it.
 */
static inline void wait_while_equal(const u32 *word, u32 value)
{
	u32 now;

	__asm__ volatile("ldxr	%w0, [%1]\n\t"
			 "cmp	%w0, %w2\n\t"
			 "b.ne	1f\n\t"
			 "wfe\n"
			 "1:"
			 : "=&r"(now)
			 : "r"(word), "r"(value)
			 : "cc", "memory");
}

/* Behind a store to a word that others wait for. The store itself ends their waits. */
static inline void end_waits(void)
{
}

/*
 * Sleeps until an interrupt is pending; it need not be unmasked. The dsb completes all accesses
 * first, because wfi may enter a low-power state.
 */
static inline void cpu_do_idle(void)
{
	__asm__ volatile("dsb sy\n\twfi" ::: "memory");
}
