/* SPDX-License-Identifier: MIT */
/* Host: nobody to wait for. */
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
