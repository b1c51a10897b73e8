/* SPDX-License-Identifier: MIT */
/*
 * long __syscall(long number, long a, long b, long c, long d, long e, long f)
 *
 * The door to the kernel. Its convention wants the number in x8 and the arguments in x0 to x5;
 * `svc` is the exception that the kernel's vector table catches. The result comes back in x0,
 * all other registers unchanged; an error is a small negative number, -ENOENT for instance.
 *
 * A breakpoint on __syscall sees every system call of a program.
 */
	.section .text.__syscall, "ax", %progbits
	.globl	__syscall
	.type	__syscall, %function
__syscall:
	mov	x8, x0
	mov	x0, x1
	mov	x1, x2
	mov	x2, x3
	mov	x3, x4
	mov	x4, x5
	mov	x5, x6
	svc	#0
	ret
	.size	__syscall, . - __syscall

	.section .note.GNU-stack, "", %progbits
