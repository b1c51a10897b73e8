/* SPDX-License-Identifier: MIT */
/* This processor's interrupt mask, CPSR.I. Linux counterpart: arch/arm/include/asm/irqflags.h */
#pragma once

#include <asm/sysreg.h>
#include <kernel/lib/types.h>

static inline unsigned long arch_local_save_flags(void)
{
	unsigned long flags;

	__asm__ volatile("mrs %0, cpsr" : "=r"(flags)::"memory");
	return flags;
}

/*
 * A write to CPSR takes effect in program order, so no isb follows. The memory clobber stops the
 * compiler from moving an access out of the protected part, where an interrupt could see it.
 */
static inline void arch_local_irq_disable(void)
{
	__asm__ volatile("cpsid i" ::: "memory");
}

static inline void arch_local_irq_enable(void)
{
	__asm__ volatile("cpsie i" ::: "memory");
}

static inline void arch_local_irq_restore(unsigned long flags)
{
	/* Not simply unmasked: the caller may be inside an outer protected part. */
	__asm__ volatile("msr cpsr_c, %0" ::"r"(flags) : "memory");
}
