/* SPDX-License-Identifier: MIT */
/*
 * Calls to software below the kernel: firmware (hvc, smc), an emulator or a debugger (hlt). Without
 * such software the instruction is undefined. Its fixup returns -1, not supported, as firmware does
 * for a function that it does not know.
 *
 * Linux counterpart: arch/arm64/kernel/smccc-call.S
 */
#include <asm/extable.h>
#include <asm/linkage.h>

#define NOT_SUPPORTED -1

	.text
/* In: x0 to x3 = function and arguments, x4 = struct arm_smccc_res. The callee may change it. */
.macro	smccc_call insn
	str	x4, [sp, #-16]!
1:	\insn	#0
2:	ldr	x4, [sp], #16
	stp	x0, x1, [x4]
	stp	x2, x3, [x4, #16]
	ret
3:	mov	x0, #NOT_SUPPORTED
	b	2b
	extable	1b, 3b
.endm

func arm_smccc_hvc
	smccc_call hvc
endfunc arm_smccc_hvc

func arm_smccc_smc
	smccc_call smc
endfunc arm_smccc_smc

/* In: x0 = operation, x1 = its parameters. Out: x0. */
func semihosting_call
1:	hlt	#0xf000
	ret
2:	mov	x0, #NOT_SUPPORTED
	ret
	extable	1b, 2b
endfunc semihosting_call
