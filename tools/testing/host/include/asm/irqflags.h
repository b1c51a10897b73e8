/* SPDX-License-Identifier: MIT */
/* Host: there are no interrupts; the flags word only remembers whether they are disabled. */
#pragma once

#include <kernel/lib/types.h>

extern unsigned long host_irqs_off;

static inline unsigned long arch_local_save_flags(void)
{
	return host_irqs_off;
}

static inline void arch_local_irq_disable(void)
{
	host_irqs_off = 1;
}

static inline void arch_local_irq_enable(void)
{
	host_irqs_off = 0;
}

static inline void arch_local_irq_restore(unsigned long flags)
{
	host_irqs_off = flags;
}
