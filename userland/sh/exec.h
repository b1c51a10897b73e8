/* SPDX-License-Identifier: MIT */
/*
 * Running what was parsed.
 */
#pragma once

#include <stdbool.h>

#include "parser.h"

#define STATUS_NOT_RUNNABLE 126
#define STATUS_NOT_FOUND    127
#define STATUS_SIGNAL       128 /* plus the signal's number */

/* Ctrl-C (SIGINT) has ended a command: what follows it in the line is not run. */
extern bool interrupted;

/* Ctrl-C goes to the shell and to all that it has started; from here on the shell survives it. */
void spare_from_interrupts(void);

/* Runs a list and leaves its exit status in last_status. */
void run_list(const struct and_or *list);

/* Collects background commands that have ended, and tells of those that a signal ended. */
void reap_background(void);
