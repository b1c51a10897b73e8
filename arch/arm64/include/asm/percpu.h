/* SPDX-License-Identifier: MIT */
/*
 * TPIDR_EL1 holds the distance from the first copy of the per-CPU variables, in the image, to this
 * processor's copy. Only head.S writes it.
 *
 * Linux counterpart: arch/arm64/include/asm/percpu.h
 */
#pragma once

/* How many processors the kernel can drive; as many as version 2 of the GIC. */
#define NR_CPUS 8

#ifndef __ASSEMBLER__
#include <asm/sysreg.h>

#define my_cpu_offset() read_sysreg(tpidr_el1)
#endif
