/* SPDX-License-Identifier: MIT */
/* Sending signals. No program here handles one: a signal ends its process. */
#pragma once

#include <kernel/uapi/signal.h>
#include <sys/types.h>

int kill(pid_t pid, int signal);
