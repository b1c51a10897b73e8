/* SPDX-License-Identifier: MIT */
/*
 * The CPU interface of version 3 of the GIC: registers of CP15.
 *
 * Source: Arm IHI 0069, chapter 12, "Programmers' Model".
 * Linux counterpart: arch/arm/include/asm/arch_gicv3.h
 */
#pragma once

#include <asm/barrier.h>
#include <asm/sysreg.h>
#include <kernel/lib/types.h>

#define ICC_PMR     c4, 0, c6, 0
#define ICC_IAR1    c12, 0, c12, 0
#define ICC_EOIR1   c12, 0, c12, 1
#define ICC_BPR1    c12, 0, c12, 3
#define ICC_CTLR    c12, 0, c12, 4
#define ICC_SRE     c12, 0, c12, 5
#define ICC_IGRPEN1 c12, 0, c12, 7

/*
 * To one processor: its affinity, and the number. Aff0 is a bit in a list of 16, and a selector of
 * such a list.
 */
#define GIC_SGI1R(hwid, number)                                                              \
	((u64)1 << ((hwid) & 0xf) | ((hwid) >> 4 & 0xf) << 44 | ((hwid) >> 8 & 0xff) << 16 | \
	 ((hwid) >> 16 & 0xff) << 32 | ((hwid) >> 32 & 0xff) << 48 | (u64)(number) << 24)

/* Takes the most urgent pending line. */
static inline u32 gic_read_iar(void)
{
	u32 iar = read_cp15(ICC_IAR1);

	dsb(sy); /* the line is acknowledged before the handler looks at its device */
	return iar;
}

/* Says that the line has been dealt with. */
static inline void gic_write_eoir(u32 line)
{
	write_cp15(line, ICC_EOIR1);
	isb(); /* or the line may still count as active when the exception returns */
}

static inline void gic_write_sgi1r(u64 value)
{
	/* ICC_SGI1R; then it is sent before the caller goes on to wait */
	__asm__ volatile("mcrr p15, 0, %Q0, %R0, c12" ::"r"(value) : "memory");
	isb();
}

/* Registers, not memory; all lines more urgent than priority; one write ends an interrupt. */
static inline void gic_enable_cpu_interface(u32 priority)
{
	write_cp15(read_cp15(ICC_SRE) | 1, ICC_SRE);
	isb(); /* the registers below exist from here on */
	write_cp15(priority, ICC_PMR);
	write_cp15(0, ICC_BPR1);
	write_cp15(0, ICC_CTLR);
	write_cp15(1, ICC_IGRPEN1);
	isb(); /* in force before interrupts are turned on */
}
