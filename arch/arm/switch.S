/* SPDX-License-Identifier: MIT */
/* The switch between two tasks. Linux counterpart: arch/arm/kernel/entry-armv.S */
#include <asm/linkage.h>

	.arm
	.text

/*
 * r0 = prev, r1 = next, both struct task_struct, whose first member is a struct cpu_context.
 * Returns prev, on next's stack.
 */
func cpu_switch_to
	mov	ip, r0
	stm	ip!, {r4 - r11}
	str	sp, [ip]
	str	lr, [ip, #4]
	mcr	p15, 0, r1, c13, c0, 4		/* current, before its stack: interrupts are off */
	ldr	sp, [r1, #32]
	ldr	lr, [r1, #36]
	ldm	r1, {r4 - r11}
	bx	lr
endfunc cpu_switch_to
