/* SPDX-License-Identifier: MIT */
/*
 * What grep, head and wc have in common: some options, then files, or standard input when there
 * are none.
 */
#pragma once

#include <err.h>
#include <stdio.h>

/*
 * Calls work(file, name) for each path up to the NULL; for standard input the name is "".
 * Returns 0, or 2 when a file could not be read; then the others were worked on all the same.
 */
static inline int for_each_file(char **paths, void (*work)(FILE *f, const char *name))
{
	int status = 0;

	if (!*paths)
		work(stdin, "");
	for (; *paths; paths++) {
		FILE *f = fopen(*paths, "r");

		if (!f) {
			warn("%s", *paths);
			status = 2;
			continue;
		}
		work(f, *paths);
		if (ferror(f)) {
			warn("%s", *paths);
			status = 2;
		}
		fclose(f);
	}
	return status;
}
