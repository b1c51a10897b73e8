/* SPDX-License-Identifier: MIT */
/*
 * How this architecture's boot protocol hands over. Source: Documentation/arm/booting.rst of Linux
 */
#pragma once

#include <asm/sysreg.h>
#include <kernel/lib/types.h>

#define HANDOFF_DTB_REG    2
#define HANDOFF_DTB_NAME   "r2"
#define HANDOFF_REG_LETTER 'r'

/* mode is CPSR. */
static inline const char *handoff_mode_name(u64 mode)
{
	return (mode & MODE_MASK) == MODE_HYP ? "HYP" : "SVC";
}

/* The control register that entry code recorded: HYP has one of its own. */
static inline const char *handoff_control_name(u64 mode)
{
	return (mode & MODE_MASK) == MODE_HYP ? "HSCTLR" : "SCTLR";
}
