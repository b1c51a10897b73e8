/* SPDX-License-Identifier: MIT */
/*
 * Calls into firmware, by the SMC Calling Convention (Arm DEN 0028): function and arguments in the
 * first registers, results in the first four.
 *
 * Linux counterpart: include/linux/arm-smccc.h
 */
#pragma once

#include <kernel/lib/types.h>

/* What a call gave back in the first four registers. */
struct arm_smccc_res {
	unsigned long a0, a1, a2, a3;
};

/* The callee keeps all registers but r0 to r3. */
#define __ARM_SMCCC_CALL(insn, a0, a1, a2, a3, res)                                               \
	do {                                                                                      \
		register unsigned long _r0 __asm__("r0") = (a0);                                  \
		register unsigned long _r1 __asm__("r1") = (a1);                                  \
		register unsigned long _r2 __asm__("r2") = (a2);                                  \
		register unsigned long _r3 __asm__("r3") = (a3);                                  \
		__asm__ volatile(insn : "+r"(_r0), "+r"(_r1), "+r"(_r2), "+r"(_r3) : : "memory"); \
		*(res) = (struct arm_smccc_res){ _r0, _r1, _r2, _r3 };                            \
	} while (0)

/* Call the hypervisor: function a0, arguments a1 to a3. */
static inline void arm_smccc_hvc(unsigned long a0, unsigned long a1, unsigned long a2,
				 unsigned long a3, struct arm_smccc_res *res)
{
	__ARM_SMCCC_CALL(".arch_extension virt\n\thvc #0", a0, a1, a2, a3, res);
}

/* Call the secure monitor, likewise. */
static inline void arm_smccc_smc(unsigned long a0, unsigned long a1, unsigned long a2,
				 unsigned long a3, struct arm_smccc_res *res)
{
	__ARM_SMCCC_CALL(".arch_extension sec\n\tsmc #0", a0, a1, a2, a3, res);
}
