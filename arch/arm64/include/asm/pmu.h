/* SPDX-License-Identifier: MIT */
/*
 * The cycle counter of the processor's performance monitor. Under QEMU's -icount it counts
 * instructions, exactly.
 *
 * Source: Arm ARM (DDI 0487) D17.5 (PMCCNTR_EL0, PMCCFILTR_EL0, PMCNTENSET_EL0, PMCR_EL0).
 * Linux counterpart: arch/arm64/kernel/perf_event.c
 */
#pragma once

#include <asm/barrier.h>
#include <asm/sysreg.h>

#define PMCR_E       (UL(1) << 0)  /* the counters count */
#define PMCR_LC      (UL(1) << 6)  /* the cycle counter has 64 bits */
#define PMCNTENSET_C (UL(1) << 31) /* the cycle counter */

/* Starts the cycle counter. Any time. */
static inline void pmu_start(void)
{
	write_sysreg(0, pmccfiltr_el0); /* counts in all exception levels */
	write_sysreg(PMCNTENSET_C, pmcntenset_el0);
	write_sysreg(PMCR_E | PMCR_LC, pmcr_el0);
	isb(); /* or the first reading finds the counter stopped */
}

/* Returns the count. Only the difference of two readings means something. */
static inline unsigned long pmu_cycles(void)
{
	isb(); /* or it is read before the measured instructions have ended */
	return read_sysreg(pmccntr_el0);
}
