/* SPDX-License-Identifier: MIT */
/* Where system calls go. Entry code knows only this pointer: it stands below what handles them. */
#include <kernel/base/traps.h>

void (*handle_syscall)(struct pt_regs *regs);
