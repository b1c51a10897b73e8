/* SPDX-License-Identifier: MIT */
/*
 * The chain of callers. Each frame record points to the caller's. Every load is one that may fault,
 * so that a broken chain ends the trace and nothing else.
 *
 * Linux counterpart: include/linux/stacktrace.h
 */
#pragma once

#include <kernel/lib/types.h>

struct pt_regs;

/* Prints the call chain of the caller. Any context. */
void dump_stack(void);

/* Prints the call chain from a frame pointer on; pc, when not 0, is printed first. */
void dump_backtrace(unsigned long pc, unsigned long fp);
