/* SPDX-License-Identifier: MIT */
/*
 * Calls into firmware, by the SMC Calling Convention (Arm DEN 0028): function and arguments in the
 * first registers, results in the first four. In arch/<name>/firmware.S.
 *
 * Linux counterpart: include/linux/arm-smccc.h
 */
#pragma once

#include <kernel/lib/types.h>

/* The value of a0 when the function is not known, or there is no firmware. */
#define SMCCC_RET_NOT_SUPPORTED (-1)

/* The results of a call, from the first four registers. */
struct arm_smccc_res {
	unsigned long a0, a1, a2, a3;
};

/* Calls the hypervisor (hvc) or the secure monitor (smc): function a0, arguments a1 to a3. */
void arm_smccc_hvc(unsigned long a0, unsigned long a1, unsigned long a2, unsigned long a3,
		   struct arm_smccc_res *res);
void arm_smccc_smc(unsigned long a0, unsigned long a1, unsigned long a2, unsigned long a3,
		   struct arm_smccc_res *res);
