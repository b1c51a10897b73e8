/* SPDX-License-Identifier: MIT */
/*
 * The named steps of boot and what each cost in microseconds of the system counter, which runs
 * from reset. A phase ends where the next one begins.
 */
#pragma once

#include <kernel/lib/types.h>

/*
 * Begins a phase, and prints what the one before it cost. name stays valid for good. NULL ends the
 * last one, just before the first program runs. From boot only.
 */
void boot_phase(const char *name);

/* Returns nanoseconds from reset, when the counter began, to the end of the last phase. */
u64 boot_phases_ns(void);
