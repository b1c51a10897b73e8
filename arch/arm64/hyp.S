/* SPDX-License-Identifier: MIT */
/*
 * The way down from the hypervisor's level, for a loader that enters there: EL1 gets the counter,
 * the timer and everything else that EL2 could keep from it, and EL2 is never entered again.
 *
 * Linux counterpart: init_kernel_el in arch/arm64/kernel/head.S, asm/el2_setup.h
 */
#include <asm/linkage.h>
#include <asm/sysreg.h>

	.section .idmap.text, "ax"
/*
 * In: x24 = CurrentEL. Out: at EL1, MMU off; x25 = the SCTLR of the level we came in. Changes x9.
 */
func enter_el1
	cmp	x24, #(2 << 2)
	b.eq	1f
	mrs	x25, sctlr_el1
	mov_q	x9, SCTLR_EL1_MMU_OFF
	msr	sctlr_el1, x9
	isb
	ret
1:	mrs	x25, sctlr_el2
	mov	x9, #(1 << 31)			/* HCR_EL2.RW: EL1 is AArch64 */
	msr	hcr_el2, x9
	mov	x9, #3				/* EL1 may use the physical counter and timer */
	msr	cnthctl_el2, x9
	msr	cntvoff_el2, xzr		/* the virtual counter is the physical one */
	mov	x9, #0x33ff			/* CPTR_EL2: no traps */
	msr	cptr_el2, x9
	msr	hstr_el2, xzr
	mrs	x9, midr_el1
	msr	vpidr_el2, x9
	mrs	x9, mpidr_el1
	msr	vmpidr_el2, x9
	mov_q	x9, SCTLR_EL1_MMU_OFF
	msr	sctlr_el1, x9
	mov	x9, #(PSR_D_BIT | PSR_A_BIT | PSR_I_BIT | PSR_F_BIT | PSR_MODE_EL1h)
	msr	spsr_el2, x9
	msr	elr_el2, x30			/* "return" into EL1 */
	eret
endfunc enter_el1
