/* SPDX-License-Identifier: MIT */
/* Host: no exception, so nothing was interrupted. */
#pragma once

#include <kernel/lib/types.h>

struct pt_regs {
	unsigned long pc;
};

static inline bool user_mode(const struct pt_regs *regs)
{
	return false;
}

static inline unsigned long instruction_pointer(const struct pt_regs *regs)
{
	return regs->pc;
}
