/* SPDX-License-Identifier: MIT */
/* The processor we run on; implemented in arch/<name>/cpu.c. */
#pragma once

#include <kernel/lib/types.h>

/* The number that the hardware and the device tree have for the processor that calls. */
u64 cpu_hwid(void);

/* Prints which processor this is, from its identification registers. */
void cpu_show(void);
