/* SPDX-License-Identifier: MIT */
/*
 * How this architecture's boot protocol hands over. Source: Documentation/arm64/booting.rst of
 * Linux
 */
#pragma once

#include <kernel/lib/types.h>

#define HANDOFF_DTB_REG    0
#define HANDOFF_DTB_NAME   "x0"
#define HANDOFF_REG_LETTER 'x'

/* mode is CurrentEL: the level is in bits 3:2. */
static inline const char *handoff_mode_name(u64 mode)
{
	static const char *const names[] = { "EL0", "EL1", "EL2", "EL3" };

	return names[(mode >> 2) & 3];
}

/* The control register that entry code recorded: that of the level. */
static inline const char *handoff_control_name(u64 mode)
{
	static const char *const names[] = { "-", "SCTLR_EL1", "SCTLR_EL2", "SCTLR_EL3" };

	return names[(mode >> 2) & 3];
}
