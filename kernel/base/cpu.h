/* SPDX-License-Identifier: MIT */
/* The processor we run on; implemented in arch/<name>/cpu.c. */
#pragma once

/* Prints which processor this is, from its identification registers. */
void cpu_show(void);
