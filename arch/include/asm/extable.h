/* SPDX-License-Identifier: MIT */
/* Announces that a fault at `insn` goes on at `fixup`. For assembly. See kernel/base/extable.h. */
#pragma once

/* clang-format off */

.macro	extable insn, fixup
	.pushsection ex_table, "a"
	.balign	4
	.long	\insn - ., \fixup - .
	.popsection
.endm
