/* SPDX-License-Identifier: MIT */
/*
 * grep: print the lines that contain a text (a fixed one, not a pattern). The status is 0 when
 * there were such lines, 1 when there were none, 2 after an error.
 */
#include <commands.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "filter.h"

static const char *text;
static bool invert;     /* -v */
static bool count_only; /* -c */
static bool show_names; /* several files */
static bool found;

static void grep(FILE *f, const char *name)
{
	char *line = NULL;
	size_t size = 0;
	unsigned int matches = 0;

	if (is_output(fileno(f)))
		errx(2, "%s: input file is output file", *name ? name : "standard input");
	while (getline(&line, &size, f) >= 0) {
		if (!strstr(line, text) != invert)
			continue;
		matches++;
		if (!count_only)
			printf("%s%s%s", show_names ? name : "", show_names ? ":" : "", line);
	}
	if (count_only)
		printf("%s%s%u\n", show_names ? name : "", show_names ? ":" : "", matches);
	found |= matches > 0;
	free(line);
}

int main(int argc, char **argv)
{
	char **words = parse_arguments(argv, command_usage("grep"));
	int status;

	invert = option('v');
	count_only = option('c');
	text = words[0];
	show_names = words[1] && words[2];
	status = for_each_file(words + 1, grep);
	return status ? status : !found;
}
