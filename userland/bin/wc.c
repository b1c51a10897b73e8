/* SPDX-License-Identifier: MIT */
/*
 * wc: count lines, words and bytes.
 */
#include <commands.h>
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>

#include "filter.h"

static bool lines_only; /* -l */

static void count(FILE *f, const char *name)
{
	unsigned long lines = 0, words = 0, bytes = 0;
	bool in_word = false;
	int c;

	while ((c = getc(f)) != EOF) {
		bytes++;
		lines += c == '\n';
		words += !in_word && !isspace(c);
		in_word = !isspace(c);
	}
	if (lines_only)
		printf("%lu", lines);
	else
		printf("%7lu %7lu %7lu", lines, words, bytes);
	printf("%s%s\n", *name ? " " : "", name);
}

int main(int argc, char **argv)
{
	char **paths = parse_arguments(argv, command_usage("wc"));

	lines_only = option('l');
	return for_each_file(paths, count);
}
