/* SPDX-License-Identifier: MIT */
/*
 * Distance from the per-CPU template in the image to this processor's copy. A build for one
 * processor uses the template itself.
 *
 * Linux counterpart: arch/arm/include/asm/percpu.h
 */
#pragma once

#define my_cpu_offset() 0UL
