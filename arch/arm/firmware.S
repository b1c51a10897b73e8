/* SPDX-License-Identifier: MIT */
/*
 * Calls to software below the kernel: firmware (hvc, smc), an emulator or a debugger (hlt). Without
 * such software the instruction is undefined. Its fixup returns -1, not supported, as firmware does
 * for a function that it does not know.
 *
 * Linux counterpart: arch/arm/kernel/smccc-call.S
 */
#include <asm/extable.h>
#include <asm/linkage.h>

#define NOT_SUPPORTED -1

	.arm
	.arch_extension sec
	.arch_extension virt
	.text
/* In: r0 to r3 = function and arguments, on the stack: struct arm_smccc_res. */
.macro	smccc_call insn
1:	\insn	#0
2:	ldr	ip, [sp]
	stm	ip, {r0 - r3}
	bx	lr
3:	mov	r0, #NOT_SUPPORTED
	b	2b
	extable	1b, 3b
.endm

func arm_smccc_hvc
	smccc_call hvc
endfunc arm_smccc_hvc

func arm_smccc_smc
	smccc_call smc
endfunc arm_smccc_smc

/* In: r0 = operation, r1 = its parameters. Out: r0. */
func semihosting_call
1:	.inst	0xe10f0070			/* hlt #0xf000: ARMv7 has no name for it */
	bx	lr
2:	mov	r0, #NOT_SUPPORTED
	bx	lr
	extable	1b, 2b
endfunc semihosting_call
