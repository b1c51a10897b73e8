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

	for (long n = lines; n > 0 && (c = getc(f)) != EOF; n -= c == '\n')
		putchar(c);
}

static long parse_count(const char *text)
{
	char *end;
	long count = strtol(text, &end, 10);

	if (end == text || *end || count < 0)
		refuse_argument(text, "is not a number of lines");
	return count;
}

int main(int argc, char **argv)
{
	char **paths = parse_arguments(argv, command_usage("head"));
	const char *count = option('n') ? option('n') : option(OPTION_NUMBER);

	if (count)
		lines = parse_count(count);
	return for_each_file(paths, head);
}
