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

static long parse_count(const char *text)
{
	char *end;
	long count = strtol(text, &end, 10);

	if (end == text || *end)
		usage("head");
	return count;
}

/* -n LINES, or -LINES as everyone types it. */
int main(int argc, char **argv)
{
	char **files = argv + 1;

	if (argc > 2 && !strcmp(argv[1], "-n")) {
		lines = parse_count(argv[2]);
		files = argv + 3;
	} else if (argc > 1 && argv[1][0] == '-') {
		lines = parse_count(argv[1] + 1);
		files = argv + 2;
	}
	return for_each_file(files, head);
}
