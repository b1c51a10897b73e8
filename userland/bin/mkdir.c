/* SPDX-License-Identifier: MIT */
/*
 * mkdir: make directories.
 */
#include <commands.h>
#include <err.h>
#include <sys/stat.h>

int main(int argc, char **argv)
{
	char **paths = parse_arguments(argv, command_usage("mkdir"));
	int status = 0;

	for (; *paths; paths++) {
		if (mkdir(*paths, 0777)) {
			warn("%s", *paths);
			status = 1;
		}
	}
	return status;
}
