/* SPDX-License-Identifier: MIT */
/* Function symbols in assembly. Linux counterpart: include/linux/linkage.h */
#pragma once

/* clang-format off */

.macro	func name
	.globl	\name
	.type	\name, %function
	.balign	4
\name:
.endm

.macro	endfunc name
	.size	\name, . - \name
.endm

/* Any 64-bit constant. */
.macro	mov_q reg, value
	movz	\reg, #((\value) & 0xffff)
	movk	\reg, #(((\value) >> 16) & 0xffff), lsl #16
	movk	\reg, #(((\value) >> 32) & 0xffff), lsl #32
	movk	\reg, #(((\value) >> 48) & 0xffff), lsl #48
.endm
