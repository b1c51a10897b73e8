/* SPDX-License-Identifier: MIT */
/*
 * Leaving: power off, restart, halt. Whoever can do the first two to the machine (PSCI) registers
 * here.
 *
 * Linux counterpart: include/linux/reboot.h (there handlers are chains with priorities).
 */
#pragma once

#include <kernel/lib/compiler.h>

enum sys_off_mode {
	SYS_OFF_MODE_POWER_OFF,
	SYS_OFF_MODE_RESTART,
	NR_SYS_OFF_MODES,
};

/*
 * handler ends the machine in that way, or returns if it could not. Interrupts are off. 0, or
 * -EBUSY when there is one already.
 */
int register_sys_off_handler(enum sys_off_mode mode, void (*handler)(void));

/* Orderly ends: say so, then do it; halt when the machine cannot. Process context. */
__noreturn void kernel_power_off(void);
__noreturn void kernel_restart(void);
__noreturn void kernel_halt(void);

/*
 * At once, without a word, from any context; for panic. Returns only when the machine cannot
 * restart.
 */
void emergency_restart(void);
