/* SPDX-License-Identifier: MIT */
/*
 * Power off and restart. Code that may be able to do it (through firmware or an emulator) registers
 * a handler here. Handlers are called one after the other; one that cannot do it returns.
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
	const char *name; /* what is asked: firmware, an emulator */
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
 * Orderly ends: print a message, then call the handlers. When none succeeded, print that and what
 * the user can do, and sleep for ever. Any context.
 */
__noreturn void kernel_power_off(void);
__noreturn void kernel_restart(void);

/* Restarts at once, without a message. For panic. Returns when no handler could. Any context. */
void emergency_restart(void);
