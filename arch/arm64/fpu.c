/* SPDX-License-Identifier: MIT */
/*
 * Gives a task the floating-point registers at its first use, and takes them back at the switch.
 *
 * Linux counterpart: arch/arm64/kernel/fpsimd.c (there the values stay in the registers until
 * another task needs them, and a task that comes back to them loads nothing)
 */
#include <asm/barrier.h>
#include <asm/fpu.h>
#include <asm/sysreg.h>
#include <kernel/sched/sched.h>

#define CPACR_FPEN_ALL (UL(3) << 20) /* EL0 and EL1 may use them; 0: both trap */

#define HWCAP_FP    (UL(1) << 0)
#define HWCAP_ASIMD (UL(1) << 1)

/* In fpu_regs.S. Both need the access, or they trap in the kernel. */
void fpu_store(struct fpu_state *state);
void fpu_load(const struct fpu_state *state);

_Static_assert(offsetof(struct fpu_state, fpsr) == 512 && offsetof(struct fpu_state, fpcr) == 516,
	       "the offsets of fpu_regs.S");

static bool registers_are_current(void)
{
	return read_sysreg(cpacr_el1) & CPACR_FPEN_ALL;
}

static bool processor_has_fpu(void)
{
	return (read_sysreg(id_aa64pfr0_el1) >> 16 & 0xf) != 0xf; /* FP */
}

bool fpu_take(void)
{
	if (registers_are_current() || !processor_has_fpu())
		return false;
	write_sysreg(CPACR_FPEN_ALL, cpacr_el1);
	isb(); /* or the loads below trap, in the kernel */
	fpu_load(&current->thread.fpu);
	return true;
}

/* No isb behind the write: only user mode uses them, and the exception return synchronises. */
void fpu_release(void)
{
	if (!registers_are_current())
		return;
	fpu_store(&current->thread.fpu);
	/* After the store, which needs the access; the next use traps. */
	write_sysreg(0, cpacr_el1);
}

unsigned long fpu_hwcap(void)
{
	return processor_has_fpu() ? HWCAP_FP | HWCAP_ASIMD : 0;
}
