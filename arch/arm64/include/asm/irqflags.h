/* SPDX-License-Identifier: MIT */
/*
 * This processor's interrupt mask, PSTATE.I. Linux counterpart: arch/arm64/include/asm/irqflags.h
 */
#pragma once

#include <asm/sysreg.h>
#include <kernel/lib/types.h>

static inline unsigned long arch_local_save_flags(void)
{
	return read_sysreg(daif);
}

/*
 * A write to PSTATE takes effect in program order, so no isb follows. The memory clobber stops the
 * compiler from moving an access out of the protected part, where an interrupt could see it.
 */
static inline void arch_local_irq_disable(void)
{
	__asm__ volatile("msr daifset, #2" ::: "memory");
}

static inline void arch_local_irq_enable(void)
{
	/* The clobber: all stores of the protected part come before. */
	__asm__ volatile("msr daifclr, #2" ::: "memory");
}

static inline void arch_local_irq_restore(unsigned long flags)
{
	/* Not simply unmasked: the caller may be inside an outer protected part. */
	__asm__ volatile("msr daif, %0" ::"r"(flags) : "memory");
}
