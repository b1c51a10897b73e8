/* SPDX-License-Identifier: MIT */
/*
 * The lexer: a table of operators, longest first; everything else is a word.
 */
#include "lexer.h"

#include <ctype.h>
#include <string.h>

static const struct {
	const char *text;
	enum token_type type;
} operators[] = {
	{ "&&", TOKEN_AND },       { "||", TOKEN_OR },       { ">>", TOKEN_REDIRECT },
	{ ">&", TOKEN_REDIRECT },  { ">", TOKEN_REDIRECT },  { "<", TOKEN_REDIRECT },
	{ "|", TOKEN_PIPE },       { ";", TOKEN_SEPARATOR }, { "\n", TOKEN_SEPARATOR },
	{ "&", TOKEN_BACKGROUND }, { "(", TOKEN_GROUP },     { ")", TOKEN_GROUP },
};

/* Over blanks, a backslash at the end of a line, and a comment. */
static const char *skip_blanks(const char *p)
{
	for (;;) {
		if (*p == ' ' || *p == '\t' || *p == '\r')
			p++;
		else if (p[0] == '\\' && p[1] == '\n')
			p += 2;
		else
			break;
	}
	if (*p == '#')
		while (*p && *p != '\n')
			p++;
	return p;
}

/* p points at a quote. Returns what follows the closing quote, or NULL when it is missing. */
static const char *skip_quoted(const char *p)
{
	char quote = *p++;

	for (; *p != quote; p++) {
		if (quote == '"' && *p == '\\' && p[1])
			p++;
		if (!*p)
			return NULL;
	}
	return p + 1;
}

/* The end of the word that starts at p, or NULL when a quote in it is left open. */
static const char *skip_word(const char *p)
{
	while (p && *p && !strchr(" \t\r\n;|&<>()", *p)) {
		if (*p == '\'' || *p == '"')
			p = skip_quoted(p);
		else
			p += *p == '\\' && p[1] ? 2 : 1;
	}
	return p;
}

struct token next_token(const char **pos)
{
	const char *start = skip_blanks(*pos);
	const char *behind_digit = isdigit(*start) ? start + 1 : start;
	struct token token = { TOKEN_WORD, start, 0 };
	const char *end;

	if (!*start) {
		token.type = TOKEN_END;
		*pos = start;
		return token;
	}
	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		size_t length = strlen(operators[i].text);
		int numbered = operators[i].type == TOKEN_REDIRECT;
		const char *op = numbered ? behind_digit : start;

		if (strncmp(op, operators[i].text, length))
			continue;
		token.type = operators[i].type;
		*pos = op + length;
		token.length = *pos - start;
		return token;
	}
	end = skip_word(start);
	if (!end)
		token.type = TOKEN_OPEN_QUOTE;
	*pos = end ? end : start + strlen(start);
	token.length = *pos - start;
	return token;
}
