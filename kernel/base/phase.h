/* SPDX-License-Identifier: MIT */
/*
 * The named steps of boot and what each cost, in ticks of the system counter, which runs from
 * reset. A phase ends where the next one begins.
 */
#pragma once

#include <kernel/lib/types.h>

#define MAX_BOOT_PHASES 32

struct boot_phase {
	const char *name;
	u64 start; /* counter ticks */
};

/*
 * Begins a phase, and prints what the one before it cost. name stays valid for good. From boot
 * only.
 */
void boot_phase(const char *name);

/* Phase n, NULL past the last; end gets the tick at which it ended (now, for the last). */
const struct boot_phase *boot_phase_nth(unsigned int n, u64 *end);
