/* SPDX-License-Identifier: MIT */
/*
 * What a backtrace on arm64 knows of each function: its frame record, and what it executes.
 * Linux counterpart: arch/arm64/include/asm/stacktrace.h
 */
#pragma once

#include <asm/ptrace.h>
#include <kernel/lib/compiler.h>

/* A frame's pc is behind the instruction that is executed, which for a caller is its call. */
#define BEHIND 4

struct stackframe {
	unsigned long fp;
	unsigned long pc;
};

/* Steps to the caller. Returns false where the chain ends or is broken. Any context. */
bool unwind_frame(struct stackframe *frame);

/* The code that an exception has interrupted. */
static inline void frame_of_regs(struct stackframe *frame, const struct pt_regs *regs)
{
	frame->fp = regs->regs[29];
	frame->pc = regs->pc + BEHIND;
}

/* The function that this is inlined in. */
static __always_inline void frame_of_this(struct stackframe *frame)
{
	frame->fp = (unsigned long)__builtin_frame_address(0);
	asm volatile("adr	%0, ." : "=r"(frame->pc));
}
