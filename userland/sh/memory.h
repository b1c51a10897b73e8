/* SPDX-License-Identifier: MIT */
/*
 * Memory for the life of one command line: taken piece by piece, given back all at once, so that
 * trees and words need no code to free them. Running out ends the shell with a message.
 */
#pragma once

#include <stddef.h>

/* Zeroed. */
void *line_alloc(size_t size);

/* A copy of length bytes of s, with a NUL behind them. */
char *line_strndup(const char *s, size_t length);

/* Give back everything. */
void line_free_all(void);

/* A text that grows. Start with zeros; s is NULL as long as nothing was added. */
struct text {
	char *s; /* always ends in a NUL */
	size_t length;
	size_t room;
};

void text_add(struct text *text, char c);
