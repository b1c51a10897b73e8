/* SPDX-License-Identifier: MIT */
/*
 * A ring of lines: the newest overwrites the oldest. The file grows by a line at a time, and is cut
 * to the ring's size by the shell that loads it.
 */
#include "history.h"

#include <err.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define SIZE 64

static char *lines[SIZE];
static unsigned int added;
static char path[PATH_MAX]; /* of the file; empty: there is none */

static bool keep(const char *line)
{
	const char *last = history_get(1);
	char *copy;

	if (!*line || (last && !strcmp(line, last)))
		return false;
	copy = strdup(line);
	if (!copy)
		return false;
	free(lines[added % SIZE]);
	lines[added++ % SIZE] = copy;
	return true;
}

/* Writes the lines up to that age, oldest first. */
static void print_lines(FILE *f, unsigned int age)
{
	for (; age; age--)
		if (history_get(age))
			fprintf(f, "%s\n", history_get(age));
}

/* A file that cannot be written is not tried again. */
static void save_lines(const char *mode, unsigned int age)
{
	FILE *f;

	if (!*path)
		return;
	f = fopen(path, mode);
	if (f) {
		print_lines(f, age);
		if (!fclose(f))
			return;
	}
	warn("%s", path);
	*path = '\0';
}

void history_load(void)
{
	const char *home = getenv("HOME");
	char *line = NULL;
	size_t size = 0;
	ssize_t n;
	FILE *f;

	if (!home)
		return;
	snprintf(path, sizeof(path), "%s/.sh_history", strcmp(home, "/") ? home : "");
	f = fopen(path, "r");
	if (!f)
		return;
	while ((n = getline(&line, &size, f)) > 0) {
		line[n - (line[n - 1] == '\n')] = '\0';
		keep(line);
	}
	free(line);
	fclose(f);
	if (added > SIZE)
		save_lines("w", SIZE);
}

void history_add(const char *line)
{
	if (keep(line))
		save_lines("a", 1);
}

const char *history_get(unsigned int age)
{
	if (!age || age > added || age > SIZE)
		return NULL;
	return lines[(added - age) % SIZE];
}

void history_print(void)
{
	for (unsigned int age = SIZE; age; age--)
		if (history_get(age))
			printf("%5u  %s\n", added - age + 1, history_get(age));
}
