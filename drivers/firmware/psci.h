/* SPDX-License-Identifier: MIT */
/*
 * What the kernel asks the firmware for: to start a processor. Power off and restart go through
 * kernel/reboot.h.
 *
 * Linux counterpart: include/linux/psci.h
 */
#pragma once

#include <kernel/lib/types.h>

/*
 * Finds the firmware's interface in the device tree. Returns 0, or -ENODEV or -EINVAL when there
 * is none, which leaves the machine with one processor and no power switch. Once, at boot.
 */
int psci_dt_init(void);

/*
 * Starts the processor with that number at physical address entry, MMU off, context in its first
 * register. Returns 0, or a negative number: PSCI's (DEN 0022, 5.2.2), or -ENODEV without firmware.
 */
int psci_cpu_on(u64 hwid, phys_addr_t entry, unsigned long context);
