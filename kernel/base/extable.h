/* SPDX-License-Identifier: MIT */
/*
 * Instructions that may fault, and where to go on when they do: asm/extable.h makes the entries.
 * Linux counterpart: include/linux/extable.h, arch/arm64/include/asm/asm-extable.h
 */
#pragma once

#include <kernel/lib/types.h>

struct pt_regs;

/*
 * If the interrupted instruction has a fixup, sends regs there and says so. From the fault
 * handler.
 */
bool fixup_exception(struct pt_regs *regs);
