/* SPDX-License-Identifier: MIT */
/* What registers.h says, on arm: TPIDRURW, which user mode can read and write. */
#include <asm/linkage.h>

	.arm
	.fpu	vfpv3
	.text
/* Out: r0. */
func read_scratch_register
	mrc	p15, 0, r0, c13, c0, 2
	bx	lr
endfunc read_scratch_register

/* In: r0 = what to leave there. Out: r0 = what is there now. */
func write_scratch_register
	mcr	p15, 0, r0, c13, c0, 2
	bx	lr
endfunc write_scratch_register

	.altmacro
/* In: r0 = value, r1 = step. */
.macro	write_d n
	vmov	d\n, r0, r0
	add	r0, r0, r1
.endm

/* In: r0 = value, r1 = step. In and out: r2 = the wrong ones so far. */
.macro	count_wrong_d n
	vmov	r3, ip, d\n
	cmp	r3, r0
	cmpeq	ip, r0
	addne	r2, r2, #1
	add	r0, r0, r1
.endm

.macro	for_all_registers what
	.set	n, 0
	.rept	32
	\what	%n
	.set	n, n + 1
	.endr
.endm

func write_fp_registers
	for_all_registers write_d
	bx	lr
endfunc write_fp_registers

/* Out: r0. */
func wrong_fp_registers
	mov	r2, #0
	for_all_registers count_wrong_d
	mov	r0, r2
	bx	lr
endfunc wrong_fp_registers

/* In: r0. */
func load_unaligned
	ldrd	r2, r3, [r0]
	bx	lr
endfunc load_unaligned

func stop_at_breakpoint
	bkpt	#0
	bx	lr
endfunc stop_at_breakpoint

func run_undefined_instruction
	udf	#0
	bx	lr
endfunc run_undefined_instruction
