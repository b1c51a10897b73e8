/* SPDX-License-Identifier: MIT */
/* Sending signals. No program here handles one: a signal ends its process. */
#pragma once

#include <sys/types.h>

#define SIGINT  2
#define SIGKILL 9
#define SIGTERM 15
#define SIGCHLD 17

int kill(pid_t pid, int signal);
