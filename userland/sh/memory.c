/* SPDX-License-Identifier: MIT */
/*
 * A list of all pieces is kept, only to free them.
 */
#include "memory.h"

#include <err.h>
#include <stdlib.h>
#include <string.h>

struct piece {
	struct piece *next;
	_Alignas(8) char bytes[];
};

static struct piece *pieces;

void *line_alloc(size_t size)
{
	struct piece *p = calloc(1, sizeof(*p) + size);

	if (!p)
		err(1, "a long command");
	p->next = pieces;
	pieces = p;
	return p->bytes;
}

char *line_strndup(const char *s, size_t length)
{
	return memcpy(line_alloc(length + 1), s, length);
}

void line_free_all(void)
{
	while (pieces) {
		struct piece *p = pieces;

		pieces = p->next;
		free(p);
	}
}

void text_add(struct text *text, char c)
{
	if (text->length + 2 > text->room) {
		size_t room = text->room ? 2 * text->room : 32;
		char *larger = line_alloc(room);

		if (text->length)
			memcpy(larger, text->s, text->length);
		text->s = larger;
		text->room = room;
	}
	text->s[text->length++] = c;
	text->s[text->length] = '\0';
}
