/* SPDX-License-Identifier: MIT */
/*
 * The registers of the architected timer. All processors share a counter. Each has a comparator for
 * the physical view of it, and one for the virtual view.
 *
 * Source: Arm ARM (DDI 0487) D11, "The Generic Timer in AArch64 state".
 * Linux counterpart: arch/arm64/include/asm/arch_timer.h
 */
#pragma once

#include <asm/barrier.h>
#include <asm/sysreg.h>
#include <kernel/lib/types.h>

enum arch_timer_access { ARCH_TIMER_PHYS_ACCESS, ARCH_TIMER_VIRT_ACCESS };

#define ARCH_TIMER_CTRL_ENABLE  (1 << 0)
#define ARCH_TIMER_CTRL_IT_MASK (1 << 1)
#define ARCH_TIMER_CTRL_IT_STAT (1 << 2)

/* Ticks a second. */
static inline u32 arch_timer_get_cntfrq(void)
{
	return (u32)read_sysreg(cntfrq_el0);
}

/*
 * The counter, from 0 at reset. Without the isb the read may run before earlier instructions have
 * finished, and two reads may go backwards.
 */
static inline u64 arch_timer_read_counter(enum arch_timer_access access)
{
	isb();
	return access == ARCH_TIMER_PHYS_ACCESS ? read_sysreg(cntpct_el0) : read_sysreg(cntvct_el0);
}

/* ARCH_TIMER_CTRL_* bits. */
static inline u32 arch_timer_get_ctrl(enum arch_timer_access access)
{
	return access == ARCH_TIMER_PHYS_ACCESS ? read_sysreg(cntp_ctl_el0)
						: read_sysreg(cntv_ctl_el0);
}

/* ARCH_TIMER_CTRL_* bits. A write takes effect before this returns. */
static inline void arch_timer_set_ctrl(enum arch_timer_access access, u32 ctrl)
{
	if (access == ARCH_TIMER_PHYS_ACCESS)
		write_sysreg(ctrl, cntp_ctl_el0);
	else
		write_sysreg(ctrl, cntv_ctl_el0);
	isb(); /* or the interrupt is still raised when the caller goes on */
}

/* Interrupt when the counter reaches cval. */
static inline void arch_timer_set_cval(enum arch_timer_access access, u64 cval)
{
	if (access == ARCH_TIMER_PHYS_ACCESS)
		write_sysreg(cval, cntp_cval_el0);
	else
		write_sysreg(cval, cntv_cval_el0);
	/* No isb here: arch_timer_set_ctrl(), which enables the comparison, has one. */
}
