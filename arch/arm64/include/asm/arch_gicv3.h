/* SPDX-License-Identifier: MIT */
/*
 * The CPU interface of version 3 of the GIC: system registers. They are given by number, because
 * assemblers learned their names late.
 *
 * Source: Arm IHI 0069, chapter 12, "Programmers' Model".
 * Linux counterpart: arch/arm64/include/asm/arch_gicv3.h
 */
#pragma once

#include <asm/barrier.h>
#include <asm/sysreg.h>
#include <kernel/lib/types.h>

#define ICC_PMR_EL1     s3_0_c4_c6_0
#define ICC_SGI1R_EL1   s3_0_c12_c11_5
#define ICC_IAR1_EL1    s3_0_c12_c12_0
#define ICC_EOIR1_EL1   s3_0_c12_c12_1
#define ICC_BPR1_EL1    s3_0_c12_c12_3
#define ICC_CTLR_EL1    s3_0_c12_c12_4
#define ICC_SRE_EL1     s3_0_c12_c12_5
#define ICC_IGRPEN1_EL1 s3_0_c12_c12_7

/*
 * To one processor: its affinity, and the number. Aff0 is a bit in a list of 16, and a selector of
 * such a list.
 */
#define GIC_SGI1R(hwid, number)                                                              \
	((u64)1 << ((hwid) & 0xf) | ((hwid) >> 4 & 0xf) << 44 | ((hwid) >> 8 & 0xff) << 16 | \
	 ((hwid) >> 16 & 0xff) << 32 | ((hwid) >> 32 & 0xff) << 48 | (u64)(number) << 24)

/* read_sysreg() takes a register's text, so its argument must be expanded first. */
#define gic_read(reg)       read_sysreg(reg)
#define gic_write(val, reg) write_sysreg(val, reg)

/* Takes the most urgent pending line. */
static inline u32 gic_read_iar(void)
{
	u32 iar = gic_read(ICC_IAR1_EL1);

	dsb(sy); /* the line is acknowledged before the handler looks at its device */
	return iar;
}

/* Says that the line has been dealt with. */
static inline void gic_write_eoir(u32 line)
{
	gic_write(line, ICC_EOIR1_EL1);
	isb(); /* or the line may still count as active when the exception returns */
}

static inline void gic_write_sgi1r(u64 value)
{
	gic_write(value, ICC_SGI1R_EL1);
	isb(); /* it is sent before the caller goes on to wait */
}

/* Registers, not memory; all lines more urgent than priority; one write ends an interrupt. */
static inline void gic_enable_cpu_interface(u32 priority)
{
	gic_write(gic_read(ICC_SRE_EL1) | 1, ICC_SRE_EL1);
	isb(); /* the registers below exist from here on */
	gic_write(priority, ICC_PMR_EL1);
	gic_write(0, ICC_BPR1_EL1);
	gic_write(0, ICC_CTLR_EL1);
	gic_write(1, ICC_IGRPEN1_EL1);
	isb(); /* in force before interrupts are turned on */
}
