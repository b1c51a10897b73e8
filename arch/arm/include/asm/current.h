/* SPDX-License-Identifier: MIT */
/*
 * The running task, in TPIDRPRW, the thread register that only the kernel can read.
 * Linux counterpart: arch/arm/include/asm/current.h (there TPIDRURO: the user's is
 * emulated).
 */
#pragma once

#include <asm/sysreg.h>

struct task_struct;

static inline struct task_struct *get_current(void)
{
	unsigned long task;

	/* Not volatile: within a task the answer never changes. */
	__asm__("mrc p15, 0, %0, c13, c0, 4" : "=r"(task));
	return (struct task_struct *)task;
}

#define current get_current()
