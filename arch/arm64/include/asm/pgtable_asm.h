/* SPDX-License-Identifier: MIT */
/*
 * What head.S needs of the translation regime, in a form the assembler takes; mmu.c checks that it
 * agrees with pgtable.h.
 */
#pragma once

#include <asm/memlayout.h>
#include <asm/sysreg.h>

/* Normal write-back, Normal non-cacheable, Device-nGnRnE, Device-nGnRE at indices 0 to 3. */
#define MAIR_VALUE_ASM 0x040044ff

#define TCR_VALUE                                                                            \
	(TCR_T0SZ(VA_BITS) | TCR_T1SZ(VA_BITS) | TCR_WBWA | TCR_SHARED | TCR_TG0_4K | TCR_TG1_4K)

#ifdef __ASSEMBLER__
/* clang-format off: assembly */
/* Any 64-bit constant. */
.macro	mov_q reg, value
	movz	\reg, #((\value) & 0xffff)
	movk	\reg, #(((\value) >> 16) & 0xffff), lsl #16
	movk	\reg, #(((\value) >> 32) & 0xffff), lsl #32
	movk	\reg, #(((\value) >> 48) & 0xffff), lsl #48
.endm
#endif
