/* SPDX-License-Identifier: MIT */
/*
 * From characters to tokens. A word keeps its quotes and dollars: what they mean is decided when
 * the command runs (expand.h), because $? is not known before.
 */
#pragma once

#include <stddef.h>

enum token_type {
	TOKEN_WORD,
	TOKEN_REDIRECT,   /* < > >> >&, with a descriptor's digit before it if one was given */
	TOKEN_PIPE,       /* | */
	TOKEN_AND,        /* && */
	TOKEN_OR,         /* || */
	TOKEN_BACKGROUND, /* & */
	TOKEN_SEPARATOR,  /* ; or the end of a line */
	TOKEN_GROUP,      /* ( or ), which this shell does not know */
	TOKEN_OPEN_QUOTE, /* the text ended inside quotes */
	TOKEN_END,
};

/* A piece of the text that is being read, not a copy. */
struct token {
	enum token_type type;
	const char *text;
	size_t length;
};

/* The token that starts at or after *pos, which is moved behind it. */
struct token next_token(const char **pos);
