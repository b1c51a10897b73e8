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

func use_fp_register
	vmov	d0, r0, r1
	bx	lr
endfunc use_fp_register

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
