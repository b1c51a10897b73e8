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
