/* SPDX-License-Identifier: MIT */
/*
 * Exceptions before the vectors page is mapped: each is reported, and the boot stops.
 * Linux has no counterpart: there they are silent.
 */
#include <asm/linkage.h>
#include <asm/sysreg.h>

	.arm
	.section .idmap.text, "ax"
	.balign	32
	.globl	early_vectors
early_vectors:
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
	b	early_vector_\n
	.endr
	.irp	n, 0, 1, 2, 3, 4, 5, 6, 7
early_vector_\n:
	mov	r0, #\n
	b	early_exception
	.endr

func early_exception
	mov	r1, lr				/* close to the address of the exception */
	cps	#MODE_SVC
	b	early_fault
endfunc early_exception
