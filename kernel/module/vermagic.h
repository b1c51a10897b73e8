/* SPDX-License-Identifier: MIT */
/*
 * What a module and the kernel must have in common: the release, and every choice of the build that
 * changes a structure or an inline function of the headers.
 *
 * Linux counterpart: include/linux/vermagic.h
 */
#pragma once

#include <asm/percpu.h>
#include <kernel/syscall/utsname.h>

#ifdef CONFIG_DEBUG_LOCKS
#define VERMAGIC_LOCKS " DEBUG_LOCKS"
#else
#define VERMAGIC_LOCKS ""
#endif

#if NR_CPUS == 1
#define VERMAGIC_SMP ""
#else
#define VERMAGIC_SMP " SMP"
#endif

#define VERMAGIC_STRING UTS_RELEASE " " UTS_MACHINE VERMAGIC_SMP VERMAGIC_LOCKS
