/* SPDX-License-Identifier: MIT */
/*
 * Gives a task the floating-point registers at its first use, and takes them back at the switch.
 *
 * Linux counterpart: arch/arm/vfp/vfpmodule.c (there the values stay in the registers until another
 * task needs them, and a task that comes back to them loads nothing)
 */
#include <asm/barrier.h>
#include <asm/fpu.h>
#include <asm/sysreg.h>
#include <kernel/sched/sched.h>

#define CPACR_CP10_CP11 (UL(0xf) << 20) /* all may use both halves; 0: undefined instructions */
#define CPACR_NO_D32    (UL(3) << 30)   /* ASEDIS, D32DIS */

/* What the processors of this kernel have, and what comes with the registers. */
#define HWCAP_ALWAYS 0x68097 /* swp, half, thumb, fast multiply, edsp, tls, division */
#define HWCAP_FPU    0x12040 /* vfp, vfpv3, vfpv4 */
#define HWCAP_D32    0x81000 /* neon and 32 double registers */

/* In fpu_regs.S. Both need the access, or they trap in the kernel. */
void fpu_store(struct fpu_state *state);
void fpu_load(const struct fpu_state *state);

static bool registers_are_current(void)
{
	return read_cp15(CP15_CPACR) & CPACR_CP10_CP11;
}

/* On a processor without the registers the bits stay 0. */
bool fpu_take(void)
{
	if (registers_are_current())
		return false;
	write_cp15(read_cp15(CP15_CPACR) | CPACR_CP10_CP11, CP15_CPACR);
	isb(); /* or the loads below are undefined instructions, in the kernel */
	if (!registers_are_current())
		return false;
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
	write_cp15(read_cp15(CP15_CPACR) & ~CPACR_CP10_CP11, CP15_CPACR);
}

/* ASEDIS and D32DIS read as 1 where the processor has no SIMD and 16 registers. */
unsigned long fpu_hwcap(void)
{
	u32 before = read_cp15(CP15_CPACR), now;

	/* What is not there stays 0: no other register tells. */
	write_cp15(before | CPACR_CP10_CP11, CP15_CPACR);
	now = read_cp15(CP15_CPACR);
	write_cp15(before, CP15_CPACR); /* or current would find the registers of another task */
	if (!(now & CPACR_CP10_CP11))
		return HWCAP_ALWAYS;
	return HWCAP_ALWAYS | HWCAP_FPU | (now & CPACR_NO_D32 ? 0 : HWCAP_D32);
}
