/* SPDX-License-Identifier: MIT */
/*
 * echo: print words. Whatever follows the -n is a word, dashes or not.
 */
#include <commands.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv)
{
	bool newline = argc < 2 || strcmp(argv[1], "-n");

	answer_help(argv);
	for (int i = newline ? 1 : 2; i < argc; i++)
		printf("%s%s", argv[i], i + 1 < argc ? " " : "");
	if (newline)
		putchar('\n');
	return 0;
}
