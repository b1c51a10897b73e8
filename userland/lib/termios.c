/* SPDX-License-Identifier: MIT */
/*
 * Terminals: their settings travel by ioctl(), and a file without them is not a terminal.
 */
#include <errno.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

int tcgetattr(int fd, struct termios *settings)
{
	return ioctl(fd, TCGETS, settings);
}

int tcsetattr(int fd, int when, const struct termios *settings)
{
	if (when != TCSANOW) {
		errno = EINVAL;
		return -1;
	}
	return ioctl(fd, TCSETS, (void *)settings);
}

int isatty(int fd)
{
	struct termios settings;

	return tcgetattr(fd, &settings) == 0;
}
