/* SPDX-License-Identifier: MIT */
/* The terminal's settings. */
#pragma once

#include <kernel/uapi/termios.h>

/* What tcsetattr() waits for first: nothing is all that is offered. */
#define TCSANOW 0

int tcgetattr(int fd, struct termios *settings);
int tcsetattr(int fd, int when, const struct termios *settings);
