/* SPDX-License-Identifier: MIT */
/*
 * rm: remove files; with -d also directories, if they are empty.
 */
#include <commands.h>
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <string.h>
#include <unistd.h>

static int remove_path(const char *path, bool directories)
{
	int result = unlink(path);

	return result && errno == EISDIR && directories ? rmdir(path) : result;
}

int main(int argc, char **argv)
{
	bool directories = argc > 1 && !strcmp(argv[1], "-d");
	int first = directories ? 2 : 1;
	int status = 0;

	if (first == argc)
		usage("rm");
	for (int i = first; i < argc; i++) {
		if (remove_path(argv[i], directories)) {
			warn("%s", argv[i]);
			status = 1;
		}
	}
	return status;
}
