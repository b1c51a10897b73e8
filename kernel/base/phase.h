/* SPDX-License-Identifier: MIT */
/*
 * The named steps of boot and what each cost in microseconds of the system counter, which runs
 * from reset. A phase ends where the next one begins.
 */
#pragma once

/*
 * Begins a phase, and prints what the one before it cost. name stays valid for good. From boot
 * only.
 */
void boot_phase(const char *name);
