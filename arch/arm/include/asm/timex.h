/* SPDX-License-Identifier: MIT */
/*
 * The free-running system counter, readable from the first instruction. Linux counterpart:
 * asm/arch_timer.h
 */
#pragma once

#include <asm/barrier.h>
#include <asm/sysreg.h>

/* Ticks of the virtual counter since reset. The isb stops it from being read ahead of time. */
static inline u64 get_cycles(void)
{
	u64 ticks;

	isb(); /* or a measured interval starts before what precedes it has ended */
	__asm__ volatile("mrrc p15, 1, %Q0, %R0, c14" : "=r"(ticks));
	return ticks;
}

/* Ticks a second, as the firmware set it. */
static inline u32 get_cycles_hz(void)
{
	return read_cp15(CP15_CNTFRQ);
}
