/* SPDX-License-Identifier: MIT */
/*
 * The last report, and the end. Upper floors register what panic cannot know itself: the running
 * task, how to stop other processors, and how to restart the machine.
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

/* Set by a caller that has printed registers and backtrace: panic() then leaves its own out. */
extern bool oops_in_progress;

/* fn writes "CPU: 0 PID: 1 Comm: init" or the like; called with interrupts off. */
void panic_set_describe_task(void (*fn)(struct seq_buf *s));

/* fn restarts the machine; it does not return. */
void panic_set_restart(void (*fn)(void));

/* fn stops all other processors. */
void panic_set_stop_other_cpus(void (*fn)(void));

/*
 * Begins the last report: interrupts off, all other processors stopped, every message shown. Of
 * two processors that crash at once, the second waits for ever. May be called more than once.
 */
void crash_begin(void);

/* Prints one line that names the running task; nothing before the scheduler registered. */
void print_task_line(void);
