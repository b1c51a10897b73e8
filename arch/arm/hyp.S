/* SPDX-License-Identifier: MIT */
/*
 * The way down from the hypervisor's mode, for a loader that enters there. SVC gets the counter,
 * the timer and everything else that HYP could trap. HYP is never entered again.
 *
 * Linux counterpart: arch/arm/kernel/hyp-stub.S
 */
#include <asm/linkage.h>
#include <asm/sysreg.h>

	.arm
	.arch_extension virt
	.section .idmap.text, "ax"
/* In: r8 = CPSR at entry. Out: SVC mode, masked; r9 = the SCTLR of the mode we came in. */
func enter_svc
	and	r0, r8, #MODE_MASK
	cmp	r0, #MODE_HYP
	beq	1f
	mrc	p15, 0, r9, c1, c0, 0	/* SCTLR */
	cpsid	aif, #MODE_SVC
	bx	lr
1:	mrc	p15, 4, r9, c1, c0, 0	/* HSCTLR */
	mov	r0, #0
	mcr	p15, 4, r0, c1, c1, 0		/* HCR: no traps */
	mcr	p15, 4, r0, c1, c1, 3		/* HSTR: no traps */
	mcr	p15, 4, r0, c1, c1, 2		/* HCPTR: no traps, FP and SIMD too */
	mcrr	p15, 4, r0, r0, c14		/* CNTVOFF: virtual counter = physical */
	mov	r0, #3
	mcr	p15, 4, r0, c14, c1, 0		/* CNTHCTL: SVC may use the physical ones */
	mrc	p15, 0, r0, c0, c0, 0
	mcr	p15, 4, r0, c0, c0, 0		/* VPIDR = MIDR */
	mrc	p15, 0, r0, c0, c0, 5
	mcr	p15, 4, r0, c0, c0, 5		/* VMPIDR = MPIDR */
	mrc	p15, 0, r0, c0, c1, 1		/* ID_PFR1.GIC: its CPU interface is registers */
	movs	r0, r0, lsr #28
	movne	r0, #9				/* ICC_HSRE: used here, SVC may use them too */
	mcrne	p15, 4, r0, c12, c9, 5
	isb					/* in force before SVC touches the GIC */
	/* Masked, because there are no vectors yet. */
	mov	r0, #(PSR_A_BIT | PSR_I_BIT | PSR_F_BIT | MODE_SVC)
	msr	spsr_cxsf, r0
	msr	elr_hyp, lr			/* "return" into SVC */
	eret
endfunc enter_svc
