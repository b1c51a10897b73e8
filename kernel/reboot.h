/* SPDX-License-Identifier: MIT */
/*
 * Leaving: power off, restart. Whoever may be able to do it to the machine (firmware, an emulator)
 * registers here; they are asked one after the other, and each that cannot do it returns.
 *
 * Linux counterpart: include/linux/reboot.h (there handlers have priorities, and a chain for each
 * mode).
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/list.h>

enum sys_off_mode {
	SYS_OFF_MODE_POWER_OFF,
	SYS_OFF_MODE_RESTART,
	NR_SYS_OFF_MODES,
};

struct sys_off_handler {
	const char *name; /* who is asked */
	/* Ends the machine, or returns if it could not. Interrupts are off. NULL: cannot try. */
	void (*ask[NR_SYS_OFF_MODES])(void);
	struct list_head list;
};

/*
 * handler, which is never given back, will be asked after those that are registered already. From
 * an initcall: there is no lock.
 */
void register_sys_off_handler(struct sys_off_handler *handler);

/*
 * Orderly ends: say so, then ask. When nobody could do it, say that and what is left to do, and
 * sleep for ever. Process context.
 */
__noreturn void kernel_power_off(void);
__noreturn void kernel_restart(void);

/* At once, without a word, from any context; for panic. Returns when nobody could restart. */
void emergency_restart(void);
