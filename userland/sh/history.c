/* SPDX-License-Identifier: MIT */
/*
 * A ring of lines: the newest overwrites the oldest.
 */
#include "history.h"

#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#define SIZE 64

static char *lines[SIZE];
static unsigned int added;

void history_add(const char *line)
{
	const char *last = history_get(1);
	char *copy;

	if (!*line || (last && !strcmp(line, last)))
		return;
	copy = strdup(line);
	if (!copy)
		return;
	free(lines[added % SIZE]);
	lines[added++ % SIZE] = copy;
}

const char *history_get(unsigned int age)
{
	if (!age || age > added || age > SIZE)
		return NULL;
	return lines[(added - age) % SIZE];
}
