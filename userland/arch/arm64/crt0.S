/* SPDX-License-Identifier: MIT */
/*
 * The first instruction of every program. The kernel starts it with the stack pointer at
 *
 *	argc, argv[0] ... argv[argc - 1], 0, envp[0] ..., 0, auxiliary vector
 *
 * and nothing in the registers that counts. C wants an aligned stack and arguments in registers.
 */
	.section .text.start, "ax", %progbits
	.globl	_start
	.type	_start, %function
_start:
	mov	x29, #0			/* the outermost frame */
	mov	x30, #0
	mov	x0, sp			/* &argc */
	and	sp, x0, #~15
	b	start_c
	.size	_start, . - _start

	.section .note.GNU-stack, "", %progbits
