/* SPDX-License-Identifier: MIT */
/*
 * The way down to EL1 from the level at which a loader enters. EL1 gets the counter, the timer and
 * everything else that the levels above could trap. Those levels are never entered again.
 *
 * A processor without firmware starts in EL3. From there the kernel goes to EL1 in the secure
 * state, without EL2: after reset all interrupt lines belong to the secure state, and only secure
 * EL1 may program them. No firmware is left then that could turn the power off.
 *
 * Linux counterpart: init_kernel_el in arch/arm64/kernel/head.S, asm/el2_setup.h (Linux asks the
 * firmware to leave EL3)
 */
#include <asm/linkage.h>
#include <asm/sysreg.h>

#define PSR_EL1h_MASKED (PSR_D_BIT | PSR_A_BIT | PSR_I_BIT | PSR_F_BIT | PSR_MODE_EL1h)

	.section .idmap.text, "ax"
/*
 * In: x24 = CurrentEL. Out: at EL1, MMU off; x25 = the SCTLR of the level we came in. Changes x9.
 */
func enter_el1
	cmp	x24, #(2 << 2)
	b.hi	from_el3
	b.eq	from_el2
	mrs	x25, sctlr_el1
	mov_q	x9, SCTLR_EL1_MMU_OFF
	msr	sctlr_el1, x9			/* a loader may leave other bits set */
	isb					/* before the first store */
	ret
endfunc enter_el1

func from_el2
	mrs	x25, sctlr_el2
	mov	x9, #(1 << 31)			/* HCR_EL2.RW: EL1 is AArch64 */
	msr	hcr_el2, x9
	mov	x9, #3				/* EL1 may use the physical counter and timer */
	msr	cnthctl_el2, x9
	msr	cntvoff_el2, xzr		/* the virtual counter is the physical one */
	mov	x9, #0x33ff			/* CPTR_EL2: no traps */
	msr	cptr_el2, x9
	msr	hstr_el2, xzr
	mrs	x9, midr_el1
	msr	vpidr_el2, x9			/* EL1 reads these two as its MIDR and MPIDR: */
	mrs	x9, mpidr_el1
	msr	vmpidr_el2, x9			/* a loader may have put others there */
	mrs	x9, id_aa64pfr0_el1
	ubfx	x9, x9, #24, #4			/* GIC: its CPU interface has system registers */
	cbz	x9, 1f
	mov	x9, #9				/* ICC_SRE_EL2: used here, EL1 may use them too */
	msr	s3_4_c12_c9_5, x9
	isb					/* in force before EL1 touches the GIC */
1:	mov_q	x9, SCTLR_EL1_MMU_OFF
	msr	sctlr_el1, x9
	mov	x9, #PSR_EL1h_MASKED		/* no vectors yet, so nothing may interrupt */
	msr	spsr_el2, x9
	msr	elr_el2, x30			/* "return" into EL1 */
	eret
endfunc from_el2

func from_el3
	mrs	x25, sctlr_el3
	mov_q	x9, 0x4b0			/* SCR_EL3: RES1, EL1 is AArch64, smc undefined */
	msr	scr_el3, x9
	msr	cptr_el3, xzr			/* no traps */
	msr	mdcr_el3, xzr
	mov_q	x9, SCTLR_EL1_MMU_OFF
	msr	sctlr_el1, x9
	mov	x9, #PSR_EL1h_MASKED		/* no vectors yet, so nothing may interrupt */
	msr	spsr_el3, x9
	msr	elr_el3, x30			/* "return" into EL1 */
	eret
endfunc from_el3
