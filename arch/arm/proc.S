/* SPDX-License-Identifier: MIT */
/*
 * Turning the MMU on. The code runs at an address that both maps agree on: it is identity mapped.
 *
 * Source: ARMv7-A Arm ARM (DDI 0406) B4.1, SCTLR, TTBR0, TTBCR, DACR.
 * Linux counterpart: __enable_mmu in arch/arm/kernel/head.S, arch/arm/mm/proc-v7.S
 */
#include <asm/linkage.h>
#include <asm/sysreg.h>

	.arm
	.section .idmap.text, "ax"
/* r0 = physical address of the first-level table. Returns at the same (identity mapped) address. */
func enable_mmu
	orr	r0, r0, #TTBR_FLAGS
	mov	r1, #0
	mcr	p15, 0, r1, c2, c0, 2		/* TTBCR: short descriptors, TTBR0 for all */
	mcr	p15, 0, r0, c2, c0, 0		/* TTBR0 */
	mcr	p15, 0, r0, c2, c0, 1		/* TTBR1, not used */
	ldr	r0, =0x15			/* DACR_VALUE: domains 0, 1, 2 are checked */
	mcr	p15, 0, r0, c3, c0, 0
	mcr	p15, 0, r1, c13, c0, 1		/* CONTEXTIDR: ASID 0 */
	mcr	p15, 0, r1, c1, c0, 2		/* CPACR: FP traps until a task asks (fpu.c) */
	mrc	p15, 0, r2, c1, c0, 1		/* ACTLR.SMP: caches take part in coherency; */
	orr	r2, r2, #ACTLR_SMP		/* before they are on (Cortex-A7, A15, A17) */
	mcr	p15, 0, r2, c1, c0, 1
	mcr	p15, 0, r1, c8, c7, 0		/* TLBIALL: its entries are unknown until now */
	mcr	p15, 0, r1, c7, c5, 0		/* ICIALLU: and stale instructions */
	dsb	sy				/* both are complete */
	isb					/* all of the above is in force before the MMU is */
	mrc	p15, 0, r0, c1, c0, 0
	ldr	r1, =SCTLR_CLEAR
	bic	r0, r0, r1
	ldr	r1, =SCTLR_SET
	orr	r0, r0, r1
	mcr	p15, 0, r0, c1, c0, 0		/* SCTLR: the MMU is on */
	isb					/* fetched through the identity map from here on */
	bx	lr
endfunc enable_mmu
	.ltorg
