/* SPDX-License-Identifier: MIT */
/*
 * What a backtrace on arm knows of each function: all registers as the function has them. unwind.c
 * computes from them what its caller has. Linux counterpart: arch/arm/include/asm/stacktrace.h
 */
#pragma once

#include <asm/ptrace.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/string.h>

/* A frame's pc is behind the instruction that is executed, which for a caller is its call. */
#define BEHIND 4

struct stackframe {
	union {
		u32 regs[16];
		struct {
			u32 below_pc[15];
			u32 pc;
		};
	};
	bool interrupted; /* it did not call: its prologue may be ahead */
};

/* Steps to the caller. Returns false where the chain ends or is broken. Any context. */
bool unwind_frame(struct stackframe *frame);

/* The code that an exception has interrupted. */
static inline void frame_of_regs(struct stackframe *frame, const struct pt_regs *regs)
{
	memcpy(frame->regs, regs->regs, sizeof(regs->regs));
	frame->regs[13] = regs->sp;
	frame->regs[14] = regs->lr;
	frame->pc = regs->pc + BEHIND;
	frame->interrupted = true;
}

/* The function that this is inlined in. */
static __always_inline void frame_of_this(struct stackframe *frame)
{
	/* What a callee must preserve; the others say nothing about a caller. */
	asm volatile("stm	%1, {r4 - r11}\n\t"
		     "mov	%0, sp"
		     : "=&r"(frame->regs[13])
		     : "r"(&frame->regs[4])
		     : "memory");
	asm volatile("mov	%0, lr" : "=r"(frame->regs[14]));
	asm volatile("mov	%0, pc" : "=r"(frame->pc));
	frame->interrupted = false;
}
