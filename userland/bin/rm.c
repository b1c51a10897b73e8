/* SPDX-License-Identifier: MIT */
/*
 * rm: remove files; with -d also directories, if they are empty.
 */
#include <commands.h>
#include <err.h>
#include <errno.h>
#include <stdbool.h>
#include <unistd.h>

static int remove_path(const char *path, bool directories)
{
	int result = unlink(path);

	return result && errno == EISDIR && directories ? rmdir(path) : result;
}

int main(int argc, char **argv)
{
	char **paths = parse_arguments(argv, command_usage("rm"));
	int status = 0;

	for (; *paths; paths++) {
		if (remove_path(*paths, option('d'))) {
			warn("%s", *paths);
			status = 1;
		}
	}
	return status;
}
