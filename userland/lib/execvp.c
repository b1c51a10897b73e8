/* SPDX-License-Identifier: MIT */
/*
 * Starting a program by its name.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define PATH_SIZE 256

int execvp(const char *name, char *const argv[])
{
	const char *dir = getenv("PATH");
	int error = ENOENT;

	if (strchr(name, '/'))
		return execve(name, argv, environ);
	for (dir = dir ? dir : "/bin"; *name && dir; dir = strchr(dir, ':')) {
		char path[PATH_SIZE];
		const char *colon;
		int length;

		dir += *dir == ':';
		colon = strchr(dir, ':');
		length = colon ? colon - dir : (int)strlen(dir);
		if (snprintf(path, sizeof(path), "%.*s/%s", length, dir, name) >= PATH_SIZE)
			continue;
		execve(path, argv, environ);
		/* What is there but cannot be run is worth more to know than what is absent. */
		if (errno != ENOENT && errno != ENOTDIR)
			error = errno;
	}
	errno = error;
	return -1;
}
