/* SPDX-License-Identifier: MIT */
/* Masking interrupts on this processor. Linux counterpart: include/linux/irqflags.h */
#pragma once

#include <asm/irqflags.h>

#define local_irq_disable()      arch_local_irq_disable()
#define local_irq_enable()       arch_local_irq_enable()
#define local_irq_restore(flags) arch_local_irq_restore(flags)
#define local_irq_save(flags)                      \
	do {                                       \
		(flags) = arch_local_save_flags(); \
		arch_local_irq_disable();          \
	} while (0)
