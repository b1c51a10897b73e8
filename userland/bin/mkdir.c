/* SPDX-License-Identifier: MIT */
/*
 * mkdir: make directories.
 */
#include <commands.h>
#include <err.h>
#include <sys/stat.h>

int main(int argc, char **argv)
{
	int status = 0;

	if (argc < 2)
		usage("mkdir");
	for (int i = 1; i < argc; i++) {
		if (mkdir(argv[i], 0777)) {
			warn("%s", argv[i]);
			status = 1;
		}
	}
	return status;
}
