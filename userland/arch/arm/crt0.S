/* SPDX-License-Identifier: MIT */
/*
 * The first instruction of every program. The kernel starts it with the stack pointer at
 *
 *	argc, argv[0] ... argv[argc - 1], 0, envp[0] ..., 0, auxiliary vector
 *
 * and nothing in the registers that counts. C wants an aligned stack and arguments in registers.
 */
	.syntax unified
	.arm

	.section .text.start, "ax", %progbits
	.globl	_start
	.type	_start, %function
_start:
	mov	fp, #0			/* the outermost frame */
	mov	lr, #0
	mov	r0, sp			/* &argc */
	bic	sp, sp, #7
	b	start_c
	.size	_start, . - _start

	.section .note.GNU-stack, "", %progbits
