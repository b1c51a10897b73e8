/* SPDX-License-Identifier: MIT */
/*
 * Function symbols in assembly, each with its entry of the unwind tables (unwind.c). Without a
 * directive, the entry says that the caller's registers are where they were, and its address in lr.
 *
 * Linux counterpart: include/linux/linkage.h, arch/arm/include/asm/unwind.h
 */
#pragma once

/* clang-format off */

.macro	func name
	.globl	\name
	.type	\name, %function
	.balign	4
\name:
	.fnstart
.endm

.macro	endfunc name
	.fnend
	.size	\name, . - \name
.endm
