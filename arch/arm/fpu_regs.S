/* SPDX-License-Identifier: MIT */
/*
 * Stores and loads the floating-point and SIMD registers. CPACR must allow the access.
 * Linux counterpart: arch/arm/vfp/vfphw.S
 */
#include <asm/linkage.h>

	.arm
	.fpu	neon-vfpv4

/* In: r0 = struct fpu_state. Out: r0 behind vregs. Half of the processors have 16 registers. */
.macro	all_vregs insn
	\insn\()ia	r0!, {d0 - d15}
	vmrs	r1, mvfr0
	and	r1, r1, #0xf			/* A_SIMD registers: 2 means 32 of them */
	cmp	r1, #2
	\insn\()iaeq	r0!, {d16 - d31}
	addne	r0, r0, #128
.endm

	.text
/* Changes r0, r1. */
func fpu_store
	all_vregs vstm
	vmrs	r1, fpscr
	str	r1, [r0]
	bx	lr
endfunc fpu_store

/* Changes r0, r1 and all floating-point registers. */
func fpu_load
	mov	r1, #1 << 30			/* FPEXC.EN, which a loader may have left clear */
	vmsr	fpexc, r1
	all_vregs vldm
	ldr	r1, [r0]
	vmsr	fpscr, r1
	bx	lr
endfunc fpu_load
