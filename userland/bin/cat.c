/* SPDX-License-Identifier: MIT */
/*
 * cat: print files. The smallest complete use of the system calls open, read, write and close:
 * nothing is buffered, what one read returns is written at once.
 */
#include <commands.h>
#include <err.h>
#include <fcntl.h>
#include <unistd.h>

#include "filter.h"

static void write_all(const char *data, ssize_t size)
{
	while (size > 0) {
		ssize_t n = write(STDOUT_FILENO, data, size);

		if (n < 0)
			err(1, "write");
		data += n;
		size -= n;
	}
}

/* Returns 0, or 1 when the file could not be read to its end. */
static int cat(int fd, const char *name)
{
	static char buf[4096];
	ssize_t n;

	if (is_output(fd)) {
		warnx("%s: input file is output file", name);
		return 1;
	}
	while ((n = read(fd, buf, sizeof(buf))) > 0)
		write_all(buf, n);
	if (n == 0)
		return 0;
	warn("%s", name);
	return 1;
}

int main(int argc, char **argv)
{
	char **paths = parse_arguments(argv, command_usage("cat"));
	int status = 0;

	if (!*paths)
		return cat(STDIN_FILENO, "standard input");
	for (; *paths; paths++) {
		int fd = open(*paths, O_RDONLY);

		if (fd < 0) {
			warn("%s", *paths);
			status = 1;
			continue;
		}
		status |= cat(fd, *paths);
		close(fd);
	}
	return status;
}
