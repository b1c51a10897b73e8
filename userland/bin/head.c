/* SPDX-License-Identifier: MIT */
/*
 * head: print the first lines.
 */
#include <commands.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filter.h"

static long lines = 10;

static void head(FILE *f, const char *name)
{
	int c;

	(void)name;
	for (long n = lines; n > 0 && (c = getc(f)) != EOF; n -= c == '\n')
		putchar(c);
}

int main(int argc, char **argv)
{
	char **files = argv + 1;

	if (argc > 1 && !strcmp(argv[1], "-n")) {
		char *end;

		if (argc == 2)
			usage("head");
		lines = strtol(argv[2], &end, 10);
		if (end == argv[2] || *end)
			usage("head");
		files = argv + 3;
	}
	return for_each_file(files, head);
}
