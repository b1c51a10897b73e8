/* SPDX-License-Identifier: MIT */
/*
 * The registers of the architected timer. All processors share a counter. Each has a comparator for
 * the physical view of it, and one for the virtual view.
 *
 * Source: ARMv7-A Arm ARM (DDI 0406) B8, "The Generic Timer".
 * Linux counterpart: arch/arm/include/asm/arch_timer.h
 */
#pragma once

#include <asm/barrier.h>
#include <asm/sysreg.h>
#include <kernel/lib/types.h>

enum arch_timer_access { ARCH_TIMER_PHYS_ACCESS, ARCH_TIMER_VIRT_ACCESS };

#define ARCH_TIMER_CTRL_ENABLE  (1 << 0)
#define ARCH_TIMER_CTRL_IT_MASK (1 << 1)
#define ARCH_TIMER_CTRL_IT_STAT (1 << 2)

/* register names as sysreg.h has them; the 64-bit ones by the first number of mrrc */
#define CP15_CNTP_CTL  c14, 0, c2, 1
#define CP15_CNTV_CTL  c14, 0, c3, 1
#define CP15_CNTPCT    "0"
#define CP15_CNTVCT    "1"
#define CP15_CNTP_CVAL "2"
#define CP15_CNTV_CVAL "3"

#define __read_cp15_c14_64(number)                                                    \
	({                                                                            \
		u64 _val;                                                             \
		__asm__ volatile("mrrc p15, " number ", %Q0, %R0, c14" : "=r"(_val)); \
		_val;                                                                 \
	})

/* One mcrr writes both halves, or the comparator might see half a value: a time in the past. */
#define __write_cp15_c14_64(val, number) \
	__asm__ volatile("mcrr p15, " number ", %Q0, %R0, c14" ::"r"((u64)(val)))

/* Ticks a second. */
static inline u32 arch_timer_get_cntfrq(void)
{
	return read_cp15(CP15_CNTFRQ);
}

/*
 * The counter, from 0 at reset. Without the isb the read may run before earlier instructions have
 * finished, and two reads may go backwards.
 */
static inline u64 arch_timer_read_counter(enum arch_timer_access access)
{
	isb();
	return access == ARCH_TIMER_PHYS_ACCESS ? __read_cp15_c14_64(CP15_CNTPCT)
						: __read_cp15_c14_64(CP15_CNTVCT);
}

/* ARCH_TIMER_CTRL_* bits. */
static inline u32 arch_timer_get_ctrl(enum arch_timer_access access)
{
	return access == ARCH_TIMER_PHYS_ACCESS ? read_cp15(CP15_CNTP_CTL)
						: read_cp15(CP15_CNTV_CTL);
}

/* ARCH_TIMER_CTRL_* bits. A write takes effect before this returns. */
static inline void arch_timer_set_ctrl(enum arch_timer_access access, u32 ctrl)
{
	if (access == ARCH_TIMER_PHYS_ACCESS)
		write_cp15(ctrl, CP15_CNTP_CTL);
	else
		write_cp15(ctrl, CP15_CNTV_CTL);
	isb(); /* or the interrupt is still raised when the caller goes on */
}

/* Interrupt when the counter reaches cval. */
static inline void arch_timer_set_cval(enum arch_timer_access access, u64 cval)
{
	if (access == ARCH_TIMER_PHYS_ACCESS)
		__write_cp15_c14_64(cval, CP15_CNTP_CVAL);
	else
		__write_cp15_c14_64(cval, CP15_CNTV_CVAL);
	/* No isb here: arch_timer_set_ctrl(), which enables the comparison, has one. */
}
