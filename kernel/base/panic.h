/* SPDX-License-Identifier: MIT */
/*
 * The end, and its report. What panic can tell beyond its own floor is registered: who is running,
 * and how the machine is restarted.
 *
 * Linux counterpart: include/linux/panic.h, kernel/panic.c
 */
#pragma once

#include <kernel/base/bug.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

struct seq_buf;

#ifndef CONFIG_HOST
/* Prints the reason and a backtrace, then does what `panic=` says. Any context. */
void __noreturn panic(const char *fmt, ...) __printf(1, 2);
#endif

/* Set by who has printed registers and backtrace already: panic() then leaves its own out. */
extern bool oops_in_progress;

/* fn writes "CPU: 0 PID: 1 Comm: init" or the like; called with interrupts off. */
void panic_set_describe_task(void (*fn)(struct seq_buf *s));

/* fn restarts the machine; it does not return. */
void panic_set_restart(void (*fn)(void));

/* One line that says who was running; nothing before the scheduler registered. */
void print_task_line(void);
