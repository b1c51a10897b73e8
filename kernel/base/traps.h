/* SPDX-License-Identifier: MIT */
/* Exception vectors, and who handles a system call. */
#pragma once

struct pt_regs;

/*
 * Exceptions come to the real handlers from here on (arch/<name>/trap.c). From boot, once a CPU,
 * after early_fixmap_init().
 */
void trap_init(void);

/*
 * What a system call is handed to, with interrupts off. The layer that knows system calls sets it
 * before the first process starts.
 */
extern void (*handle_syscall)(struct pt_regs *regs);
