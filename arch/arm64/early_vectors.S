/* SPDX-License-Identifier: MIT */
/*
 * Exceptions before the real vectors are set: each is reported in a few words, and the boot stops.
 * Linux has no counterpart: there they are silent.
 */
	.section .idmap.text, "ax"
	.balign	4096
	.globl	early_vectors
early_vectors:
	.rept	16
	.balign	128
	mrs	x0, esr_el1
	mrs	x1, elr_el1
	mrs	x2, far_el1
	b	early_fault
	.endr
