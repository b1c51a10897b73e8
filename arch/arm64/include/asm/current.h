/* SPDX-License-Identifier: MIT */
/*
 * The running task. SP_EL0 holds it while the processor is in the kernel, where that register has
 * no other use; exception entry and return swap it with the user's stack pointer.
 *
 * Linux counterpart: arch/arm64/include/asm/current.h
 */
#pragma once

#include <asm/sysreg.h>

struct task_struct;

static inline struct task_struct *get_current(void)
{
	unsigned long task;

	/* Not volatile: within a task the answer never changes. */
	__asm__("mrs %0, sp_el0" : "=r"(task));
	return (struct task_struct *)task;
}

#define current get_current()
