/* SPDX-License-Identifier: MIT */
/*
 * wc: count lines, words and bytes.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>

#include "filter.h"

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
	printf("%7lu %7lu %7lu%s%s\n", lines, words, bytes, *name ? " " : "", name);
}

int main(int argc, char **argv)
{
	(void)argc;
	return for_each_file(argv + 1, count);
}
