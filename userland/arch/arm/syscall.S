/* SPDX-License-Identifier: MIT */
/*
 * long __syscall(long number, long a, long b, long c, long d, long e, long f)
 *
 * The door to the kernel. The EABI wants the number in r7 and the arguments in r0 to r5; `svc`
 * is the exception that the kernel's vector table catches. The result comes back in r0, all
 * other registers unchanged; an error is a small negative number, -ENOENT for instance.
 *
 * A breakpoint on __syscall sees every system call of a program.
 */
	.syntax unified
	.arm

	.section .text.__syscall, "ax", %progbits
	.globl	__syscall
	.type	__syscall, %function
__syscall:
	mov	ip, sp			/* d, e, f lie on the caller's stack */
	push	{r4, r5, r7, lr}
	mov	r7, r0
	mov	r0, r1
	mov	r1, r2
	mov	r2, r3
	ldm	ip, {r3, r4, r5}
	svc	#0
	pop	{r4, r5, r7, pc}
	.size	__syscall, . - __syscall

	.section .note.GNU-stack, "", %progbits
