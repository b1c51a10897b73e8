/* SPDX-License-Identifier: MIT */
/* Host: there is one processor, so a wait has nothing to do. */
#pragma once

#include <asm/current.h>
#include <asm/memlayout.h>
#include <asm/ptrace.h>

struct thread_struct {
	unsigned long unused;
};

static inline void cpu_relax(void)
{
}

static inline void cpu_do_idle(void)
{
}
