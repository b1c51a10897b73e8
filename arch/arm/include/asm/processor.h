/* SPDX-License-Identifier: MIT */
/*
 * What a task keeps while it does not run, and how a processor waits.
 * Linux counterpart: arch/arm/include/asm/processor.h, thread_info.h
 */
#pragma once

#include <asm/current.h>
#include <asm/memlayout.h>
#include <asm/ptrace.h>
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
	u32 tp_value;  /* TPIDRURO: the user's thread pointer */
	u32 tp2_value; /* TPIDRURW: the user's own, to write as well */
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
