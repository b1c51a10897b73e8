/* SPDX-License-Identifier: MIT */
/*
 * insmod: load a module into the kernel. The kernel says why it refuses one, in a line of its log,
 * which the console shows.
 */
#include <commands.h>
#include <err.h>
#include <fcntl.h>
#include <sys/module.h>

int main(int argc, char **argv)
{
	char **files = parse_arguments(argv, command_usage("insmod"));
	int fd = open(files[0], O_RDONLY);

	if (fd < 0)
		err(1, "%s", files[0]);
	if (finit_module(fd, "", 0))
		err(1, "%s is not loaded", files[0]);
	return 0;
}
