/* SPDX-License-Identifier: MIT */
/*
 * What cat, grep, head and wc have in common: they read files, or standard input when none are
 * named.
 */
#pragma once

#include <err.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

/*
 * Whether what is read here is the very file that standard output goes to: it would grow as long as
 * it is read. An empty one is harmless.
 */
static inline bool is_output(int fd)
{
	struct statx in, out;

	return !statx(fd, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &in) &&
	       !statx(STDOUT_FILENO, "", AT_EMPTY_PATH, STATX_BASIC_STATS, &out) &&
	       S_ISREG(in.stx_mode) && in.stx_size && in.stx_ino == out.stx_ino &&
	       in.stx_dev_major == out.stx_dev_major && in.stx_dev_minor == out.stx_dev_minor;
}

/* Returns 0, or 2 when the file could not be read to its end. */
static inline int work_on(FILE *f, const char *name, void (*work)(FILE *f, const char *name))
{
	work(f, name);
	if (!ferror(f))
		return 0;
	warn("%s", *name ? name : "standard input");
	return 2;
}

/*
 * Calls work(file, name) for each path up to the NULL; for standard input the name is "".
 * Returns 0, or 2 when a file could not be read; then the others were worked on all the same.
 */
static inline int for_each_file(char **paths, void (*work)(FILE *f, const char *name))
{
	int status = *paths ? 0 : work_on(stdin, "", work);

	for (; *paths; paths++) {
		FILE *f = fopen(*paths, "r");

		if (!f) {
			warn("%s", *paths);
			status = 2;
			continue;
		}
		status |= work_on(f, *paths, work);
		fclose(f);
	}
	return status;
}
