/* SPDX-License-Identifier: MIT */
/*
 * The registers of an interrupted context, as exception entry stores them at the top of the kernel
 * stack. The S_ constants are the same offsets for assembly; the compiler checks that they agree.
 *
 * Linux counterpart: arch/arm64/include/asm/ptrace.h
 */
#pragma once

#include <asm/sysreg.h>

#define S_X(n)       (8 * (n))
#define S_LR         240
#define S_SP         248
#define S_PC         256
#define S_PSTATE     264
#define S_ORIG_X0    272
#define S_VECTOR     280
#define S_STACKFRAME 288
#define PT_REGS_SIZE 304

#ifndef __ASSEMBLER__
#include <kernel/lib/types.h>

struct pt_regs {
	u64 regs[31];
	u64 sp;
	u64 pc;
	u64 pstate;
	u64 orig_x0;       /* regs[0] at a system call, before the result replaces it */
	u64 vector;        /* of a bad vector: its number */
	u64 stackframe[2]; /* a frame record, so that a backtrace crosses the exception */
};

_Static_assert(offsetof(struct pt_regs, sp) == S_SP, "S_SP");
_Static_assert(offsetof(struct pt_regs, pc) == S_PC, "S_PC");
_Static_assert(offsetof(struct pt_regs, pstate) == S_PSTATE, "S_PSTATE");
_Static_assert(offsetof(struct pt_regs, orig_x0) == S_ORIG_X0, "S_ORIG_X0");
_Static_assert(offsetof(struct pt_regs, vector) == S_VECTOR, "S_VECTOR");
_Static_assert(offsetof(struct pt_regs, stackframe) == S_STACKFRAME, "S_STACKFRAME");
_Static_assert(sizeof(struct pt_regs) == PT_REGS_SIZE && PT_REGS_SIZE % 16 == 0, "PT_REGS_SIZE");

static inline bool user_mode(const struct pt_regs *regs)
{
	return (regs->pstate & PSR_MODE_MASK) == PSR_MODE_EL0t;
}

static inline unsigned long instruction_pointer(const struct pt_regs *regs)
{
	return regs->pc;
}

static inline unsigned long user_stack_pointer(const struct pt_regs *regs)
{
	return regs->sp;
}

static inline void instruction_pointer_set(struct pt_regs *regs, unsigned long pc)
{
	regs->pc = pc;
}

/* System calls: number in x8, arguments in x0 to x5, result in x0. */
static inline long syscall_nr(const struct pt_regs *regs)
{
	return (int)regs->regs[8];
}

static inline unsigned long syscall_arg(const struct pt_regs *regs, unsigned int n)
{
	return n == 0 ? regs->orig_x0 : regs->regs[n];
}

static inline void syscall_set_return(struct pt_regs *regs, long value)
{
	regs->regs[0] = value;
}

/* The call is made once more: the instruction and what it took are as they were before. */
static inline void syscall_rollback(struct pt_regs *regs)
{
	regs->regs[0] = regs->orig_x0;
	regs->pc -= 4;
}
#endif
