/* SPDX-License-Identifier: MIT */
/* What registers.h says, on arm64: TPIDRRO_EL0, which user mode can read only. */
#include <asm/linkage.h>

	.text
	.arch_extension fp
/* Out: x0. */
func read_scratch_register
	mrs	x0, tpidrro_el0
	ret
endfunc read_scratch_register

/* In: x0 = what to leave there. Out: x0 = what is there now. */
func write_scratch_register
	mov	x0, xzr
	ret
endfunc write_scratch_register

func use_fp_register
	fmov	d0, x0
	ret
endfunc use_fp_register

/* In: x0. */
func load_unaligned
	ldxr	x1, [x0]
	ret
endfunc load_unaligned

func stop_at_breakpoint
	brk	#0
	ret
endfunc stop_at_breakpoint

func run_undefined_instruction
	udf	#0
	ret
endfunc run_undefined_instruction
