/* SPDX-License-Identifier: MIT */
/* Signals. There are no handlers: a signal ends its process, or is ignored. */
#pragma once

#include <kernel/uapi/signal.h>
#include <sys/types.h>

typedef unsigned long sighandler_t; /* SIG_DFL or SIG_IGN */

int kill(pid_t pid, int signal);

/* What a signal does from now on, also after exec and in children. Returns what it did, or -1. */
sighandler_t signal(int signal, sighandler_t handler);

/* The name of a signal for a message; never NULL. */
const char *strsignal(int signal);
