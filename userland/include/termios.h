/* SPDX-License-Identifier: MIT */
/*
 * The terminal's settings, in the kernel's own layout (the libc structure of big systems has more
 * control characters, and their libraries convert).
 */
#pragma once

#include <stdint.h>

#define ICRNL  0000400 /* c_iflag: Enter's carriage return is read as a newline */
#define IXON   0002000 /* c_iflag: Ctrl-S and Ctrl-Q stop and start the output */
#define ISIG   0000001 /* c_lflag: Ctrl-C interrupts */
#define ICANON 0000002 /* c_lflag: reads return whole lines, edited by the kernel */
#define ECHO   0000010 /* c_lflag: the kernel shows what is typed */
#define IEXTEN 0100000 /* c_lflag: Ctrl-V and the like */

#define VTIME 5
#define VMIN  6
#define NCCS  19

/* What tcsetattr() waits for first: nothing is all that is offered. */
#define TCSANOW 0

struct termios {
	uint32_t c_iflag;
	uint32_t c_oflag;
	uint32_t c_cflag;
	uint32_t c_lflag;
	uint8_t c_line;
	uint8_t c_cc[NCCS];
};

int tcgetattr(int fd, struct termios *settings);
int tcsetattr(int fd, int when, const struct termios *settings);
