/* SPDX-License-Identifier: MIT */
/*
 * The chain of callers. Every load is one that may fault, so that a broken chain ends the trace and
 * nothing else.
 *
 * Linux counterpart: include/linux/stacktrace.h
 */
#pragma once

#include <kernel/lib/types.h>

struct pt_regs;

/* Prints the call chain of the caller. Any context. */
void dump_stack(void);

/* Prints the call chain of interrupted code, which comes first. Any context. */
void dump_backtrace(const struct pt_regs *regs);
