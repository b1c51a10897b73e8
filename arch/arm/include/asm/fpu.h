/* SPDX-License-Identifier: MIT */
/*
 * The floating-point and SIMD registers of user programs. The kernel itself never uses them.
 *
 * CPACR says where the current task's values are: in the registers while the access is
 * allowed, else in its thread.fpu. A task starts without access, and its first use traps. The
 * values go to memory whenever the task leaves the processor, so another processor finds them
 * there.
 *
 * Linux counterpart: arch/arm/include/asm/fpstate.h, arch/arm/vfp/vfpmodule.c
 */
#pragma once

#include <kernel/lib/types.h>

struct task_struct;

struct fpu_state {
	u64 vregs[32]; /* d0 to d31, or to d15 */
	u32 fpscr;
};

/*
 * Gives current, which trapped, the registers with its values. Returns false when it has them
 * already, or the processor has none: then the instruction is illegal. Interrupts off.
 */
bool fpu_take(void);

/*
 * Puts current's values into its thread.fpu, if they are in the registers. The next use traps and
 * finds what is in thread.fpu by then.
 */
void fpu_release(void);

/* The AT_HWCAP word: what this processor's user mode can do. Any context. */
unsigned long fpu_hwcap(void);
