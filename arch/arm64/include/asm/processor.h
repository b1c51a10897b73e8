/* SPDX-License-Identifier: MIT */
/*
 * What a task keeps while it does not run, and how a processor waits.
 * Linux counterpart: arch/arm64/include/asm/processor.h
 */
#pragma once

#include <asm/current.h>
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
	u64 tp_value; /* TPIDR_EL0: the user's thread pointer */
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
 * Sleeps until an interrupt is pending; it need not be unmasked. The dsb completes all accesses
 * first, because wfi may enter a low-power state.
 */
static inline void cpu_do_idle(void)
{
	__asm__ volatile("dsb sy\n\twfi" ::: "memory");
}
