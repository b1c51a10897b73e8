/* SPDX-License-Identifier: MIT */
/*
 * TPIDR_EL1 holds the distance from the per-CPU template in the image to this processor's copy.
 * Linux counterpart: arch/arm64/include/asm/percpu.h
 */
#pragma once

#include <asm/sysreg.h>

#define my_cpu_offset() read_sysreg(tpidr_el1)
