/* SPDX-License-Identifier: MIT */
/*
 * The cycle counter of the processor's performance monitor. Under QEMU's -icount it counts
 * instructions, exactly.
 *
 * Source: ARMv7-A Arm ARM (DDI 0406) B4.1.113 (PMCCNTR), B4.1.117 (PMCR), B4.1.116 (PMCNTENSET).
 * Linux counterpart: arch/arm/kernel/perf_event_v7.c
 */
#pragma once

#include <asm/barrier.h>
#include <asm/sysreg.h>

#define PMCR_E       (UL(1) << 0)  /* the counters count */
#define PMCNTENSET_C (UL(1) << 31) /* the cycle counter */

#define CP15_PMCR       c9, 0, c12, 0
#define CP15_PMCNTENSET c9, 0, c12, 1
#define CP15_PMCCNTR    c9, 0, c13, 0
#define CP15_PMCCFILTR  c14, 0, c15, 7

/* Starts the cycle counter. Any time. */
static inline void pmu_start(void)
{
	write_cp15(0, CP15_PMCCFILTR); /* counts in all modes */
	write_cp15(PMCNTENSET_C, CP15_PMCNTENSET);
	write_cp15(PMCR_E, CP15_PMCR);
	isb(); /* or the first reading finds the counter stopped */
}

/* Returns the count, of 32 bits. Only the difference of two readings means something. */
static inline unsigned long pmu_cycles(void)
{
	isb(); /* or it is read before the measured instructions have ended */
	return read_cp15(CP15_PMCCNTR);
}
