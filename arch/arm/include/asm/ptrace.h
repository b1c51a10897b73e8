/* SPDX-License-Identifier: MIT */
/*
 * The registers of an interrupted context, as exception entry stores them at the top of the kernel
 * stack. The S_ constants are the same offsets for assembly; the compiler checks that they agree.
 *
 * Linux counterpart: arch/arm/include/asm/ptrace.h
 */
#pragma once

#include <asm/sysreg.h>

#define S_R(n)       (4 * (n))
#define S_SP         52
#define S_LR         56
#define S_ORIG_R0    60
#define S_PC         64
#define S_PSR        68
#define PT_REGS_SIZE 72

#ifndef __ASSEMBLER__
#include <kernel/lib/types.h>

struct pt_regs {
	u32 regs[13];
	u32 sp;
	u32 lr;
	u32 orig_r0; /* regs[0] at a system call, before the result replaces it */
	u32 pc;      /* pc and psr are last: one rfe takes both and leaves the stack as it was */
	u32 psr;
};

_Static_assert(offsetof(struct pt_regs, sp) == S_SP, "S_SP");
_Static_assert(offsetof(struct pt_regs, lr) == S_LR, "S_LR");
_Static_assert(offsetof(struct pt_regs, pc) == S_PC, "S_PC");
_Static_assert(offsetof(struct pt_regs, psr) == S_PSR, "S_PSR");
_Static_assert(offsetof(struct pt_regs, orig_r0) == S_ORIG_R0, "S_ORIG_R0");
_Static_assert(sizeof(struct pt_regs) == PT_REGS_SIZE && PT_REGS_SIZE % 8 == 0, "PT_REGS_SIZE");

static inline bool user_mode(const struct pt_regs *regs)
{
	return (regs->psr & MODE_MASK) == MODE_USR;
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

/* System calls (EABI): number in r7, arguments in r0 to r5, result in r0. */
static inline long syscall_nr(const struct pt_regs *regs)
{
	return (int)regs->regs[7];
}

static inline unsigned long syscall_arg(const struct pt_regs *regs, unsigned int n)
{
	return n == 0 ? regs->orig_r0 : regs->regs[n];
}

static inline void syscall_set_return(struct pt_regs *regs, long value)
{
	regs->regs[0] = value;
}

/* The call is made once more: the instruction and what it took are as they were before. */
static inline void syscall_rollback(struct pt_regs *regs)
{
	regs->regs[0] = regs->orig_r0;
	regs->pc -= regs->psr & PSR_T_BIT ? 2 : 4;
}
#endif
