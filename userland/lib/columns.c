/* SPDX-License-Identifier: MIT */
/*
 * Names in columns, as `ls` and the shell's Tab key show them.
 */
#include <columns.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SCREEN_WIDTH 80

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

void sort_names(char **names, size_t n)
{
	qsort(names, n, sizeof(*names), compare_names);
}

/* Down the columns first, as the eye reads a sorted list. */
void print_columns(char **names, size_t n)
{
	size_t width = 1;
	size_t columns, rows;

	for (size_t i = 0; i < n; i++)
		if (strlen(names[i]) + 2 > width)
			width = strlen(names[i]) + 2;
	columns = width < SCREEN_WIDTH ? SCREEN_WIDTH / width : 1;
	rows = (n + columns - 1) / columns;
	for (size_t row = 0; row < rows; row++) {
		for (size_t i = row; i < n; i += rows)
			printf("%-*s", i + rows < n ? (int)width : 0, names[i]);
		putchar('\n');
	}
}
