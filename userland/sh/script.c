/* SPDX-License-Identifier: MIT */
/*
 * Reading a script: a byte at a time, into a buffer that grows.
 */
#include "script.h"

#include <err.h>
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static char *line;
static size_t room;

static void put(size_t pos, char c)
{
	if (pos >= room) {
		room = room ? 2 * room : 256;
		line = realloc(line, room);
		if (!line)
			err(1, "a long line");
	}
	line[pos] = c;
}

char *read_line(int fd)
{
	size_t n = 0;
	ssize_t bytes;
	char c;

	errno = 0;
	while ((bytes = read(fd, &c, 1)) == 1 && c && c != '\n')
		put(n++, c);
	if (bytes == 1 && !c)
		errno = ENOEXEC;
	if (errno || (!bytes && !n))
		return NULL;
	put(n, '\0');
	return line;
}
