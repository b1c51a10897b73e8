/* SPDX-License-Identifier: MIT */
/* What registers.h says, on arm64: TPIDRRO_EL0, which user mode can read only. */
#include <asm/linkage.h>

	.text
	.arch_extension fp
	.arch_extension simd
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

	.altmacro
/* In: x0 = value, x1 = step. */
.macro	write_v n
	dup	v\n\().2d, x0
	add	x0, x0, x1
.endm

/* In: x0 = value, x1 = step. In and out: x2 = the wrong ones so far. */
.macro	count_wrong_v n
	mov	x3, v\n\().d[0]
	cmp	x3, x0
	mov	x3, v\n\().d[1]
	ccmp	x3, x0, #0, eq
	cinc	x2, x2, ne
	add	x0, x0, x1
.endm

.macro	for_all_registers what
	.set	n, 0
	.rept	32
	\what	%n
	.set	n, n + 1
	.endr
.endm

func write_fp_registers
	for_all_registers write_v
	ret
endfunc write_fp_registers

/* Out: x0. */
func wrong_fp_registers
	mov	x2, xzr
	for_all_registers count_wrong_v
	mov	x0, x2
	ret
endfunc wrong_fp_registers

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
