/* SPDX-License-Identifier: MIT */
/*
 * The copy for an image that was loaded above its place. It stands behind everything that is
 * copied, where the copy arrives last (head.S tells why).
 */
#include <asm/linkage.h>

	.arm
	.section .copy_up, "ax"
/* In: r10 = where from, r1 = where to, r2 = bytes, r3 = where to go on: in the copy. */
func copy_up
	mov	r0, r10
	add	r2, r10, r2
1:	ldr	ip, [r0], #4
	str	ip, [r1], #4
	cmp	r0, r2
	blo	1b
	dsb	sy
	mov	r0, #0
	mcr	p15, 0, r0, c7, c5, 0		/* ICIALLU */
	dsb	sy
	isb
	bx	r3
endfunc copy_up
