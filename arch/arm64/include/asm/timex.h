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
	isb(); /* or a measured interval starts before what precedes it has ended */
	return read_sysreg(cntvct_el0);
}

/* Ticks a second, as the firmware set it. */
static inline u32 get_cycles_hz(void)
{
	return (u32)read_sysreg(cntfrq_el0);
}
