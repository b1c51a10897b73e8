/* SPDX-License-Identifier: MIT */
/*
 * Stores and loads the floating-point and SIMD registers. CPACR_EL1 must allow the access.
 * Linux counterpart: arch/arm64/kernel/entry-fpsimd.S
 */
#include <asm/linkage.h>

	.arch_extension fp
	.arch_extension simd

/* The same 16 instructions in both directions. x0 = struct fpu_state. */
.macro	all_vregs insn
	\insn	q0, q1, [x0, #0]
	\insn	q2, q3, [x0, #32]
	\insn	q4, q5, [x0, #64]
	\insn	q6, q7, [x0, #96]
	\insn	q8, q9, [x0, #128]
	\insn	q10, q11, [x0, #160]
	\insn	q12, q13, [x0, #192]
	\insn	q14, q15, [x0, #224]
	\insn	q16, q17, [x0, #256]
	\insn	q18, q19, [x0, #288]
	\insn	q20, q21, [x0, #320]
	\insn	q22, q23, [x0, #352]
	\insn	q24, q25, [x0, #384]
	\insn	q26, q27, [x0, #416]
	\insn	q28, q29, [x0, #448]
	\insn	q30, q31, [x0, #480]
.endm

	.text
/* Changes x1, x2. */
func fpu_store
	all_vregs stp
	mrs	x1, fpsr
	mrs	x2, fpcr
	str	w1, [x0, #512]
	str	w2, [x0, #516]
	ret
endfunc fpu_store

/* Changes x1, x2 and all floating-point registers. */
func fpu_load
	all_vregs ldp
	ldr	w1, [x0, #512]
	ldr	w2, [x0, #516]
	msr	fpsr, x1			/* flags and rounding are values, too */
	msr	fpcr, x2
	ret
endfunc fpu_load
