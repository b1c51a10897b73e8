/* SPDX-License-Identifier: MIT */
/* The switch between two tasks. Linux counterpart: arch/arm64/kernel/entry.S */
#include <asm/linkage.h>

	.text

/*
 * x0 = prev, x1 = next, both struct task_struct, whose first member is a struct cpu_context.
 * Returns prev, on next's stack.
 */
func cpu_switch_to
	mov	x9, sp
	stp	x19, x20, [x0, #0]
	stp	x21, x22, [x0, #16]
	stp	x23, x24, [x0, #32]
	stp	x25, x26, [x0, #48]
	stp	x27, x28, [x0, #64]
	stp	x29, x9, [x0, #80]
	str	x30, [x0, #96]
	ldp	x19, x20, [x1, #0]
	ldp	x21, x22, [x1, #16]
	ldp	x23, x24, [x1, #32]
	ldp	x25, x26, [x1, #48]
	ldp	x27, x28, [x1, #64]
	ldp	x29, x9, [x1, #80]
	ldr	x30, [x1, #96]
	mov	sp, x9
	msr	sp_el0, x1			/* current */
	ret
endfunc cpu_switch_to
