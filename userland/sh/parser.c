/* SPDX-License-Identifier: MIT */
/*
 * A recursive-descent parser: a function for each rule of the grammar in parser.h. It looks one
 * token ahead. After an error all of them return; the first message is the only one.
 */
#include "parser.h"

#include <ctype.h>
#include <err.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>

#include "lexer.h"
#include "memory.h"

struct parser {
	const char *pos;
	struct token token; /* the one looked at */
	bool failed;
};

static void advance(struct parser *p)
{
	p->token = next_token(&p->pos);
}

static void *syntax_error(struct parser *p)
{
	const struct token *t = &p->token;

	if (p->failed)
		return NULL;
	p->failed = true;
	if (t->type == TOKEN_OPEN_QUOTE)
		warnx("syntax error: a quote is not closed");
	else if (t->type == TOKEN_END || *t->text == '\n')
		warnx("syntax error: unexpected end of the line");
	else
		warnx("syntax error: unexpected `%.*s'", (int)t->length, t->text);
	return NULL;
}

static const struct {
	const char *op;
	int fd; /* when no number is given */
	int flags;
} redirections[] = {
	{ "<", 0, O_RDONLY },
	{ ">", 1, O_WRONLY | O_CREAT | O_TRUNC },
	{ ">>", 1, O_WRONLY | O_CREAT | O_APPEND },
	{ ">&", 1, DUPLICATE },
};

static struct redirect *parse_redirect(struct parser *p)
{
	struct redirect *r = line_alloc(sizeof(*r));
	char *text = line_strndup(p->token.text, p->token.length);
	char *op = text;
	size_t i = 0;

	if (isdigit(*op))
		op++;
	while (strcmp(redirections[i].op, op))
		i++;
	r->fd = op == text ? redirections[i].fd : *text - '0';
	r->flags = redirections[i].flags;
	advance(p);
	if (p->token.type != TOKEN_WORD)
		return syntax_error(p);
	r->target = line_strndup(p->token.text, p->token.length);
	advance(p);
	return r;
}

static void append_word(struct command *c, size_t n, const struct token *token)
{
	if (n % 8 == 0) {
		char **larger = line_alloc((n + 8 + 1) * sizeof(*larger));

		if (n)
			memcpy(larger, c->words, n * sizeof(*larger));
		c->words = larger;
	}
	c->words[n] = line_strndup(token->text, token->length);
}

static struct command *parse_command(struct parser *p)
{
	struct command *c = line_alloc(sizeof(*c));
	struct redirect **last = &c->redirects;
	size_t n = 0;

	while (!p->failed) {
		if (p->token.type == TOKEN_WORD) {
			append_word(c, n++, &p->token);
			advance(p);
		} else if (p->token.type == TOKEN_REDIRECT) {
			*last = parse_redirect(p);
			if (*last)
				last = &(*last)->next;
		} else {
			break;
		}
	}
	if (!n && !c->redirects)
		return syntax_error(p);
	if (!n)
		c->words = line_alloc(sizeof(*c->words));
	return c;
}

static struct pipeline *parse_pipeline(struct parser *p, enum condition condition)
{
	struct pipeline *pipeline = line_alloc(sizeof(*pipeline));
	struct command **last = &pipeline->first;

	pipeline->condition = condition;
	for (;;) {
		*last = parse_command(p);
		if (p->failed || p->token.type != TOKEN_PIPE)
			return pipeline;
		last = &(*last)->next;
		advance(p);
	}
}

static struct and_or *parse_and_or(struct parser *p)
{
	struct and_or *and_or = line_alloc(sizeof(*and_or));
	struct pipeline **last = &and_or->first;
	enum condition condition = ALWAYS;

	for (;;) {
		*last = parse_pipeline(p, condition);
		last = &(*last)->next;
		if (p->token.type == TOKEN_AND)
			condition = IF_SUCCEEDED;
		else if (p->token.type == TOKEN_OR)
			condition = IF_FAILED;
		else
			break;
		if (p->failed)
			break;
		advance(p);
	}
	and_or->background = p->token.type == TOKEN_BACKGROUND;
	return and_or;
}

int parse(const char *text, struct and_or **list)
{
	struct parser p = { .pos = text };

	*list = NULL;
	advance(&p);
	while (!p.failed && p.token.type != TOKEN_END) {
		if (p.token.type == TOKEN_SEPARATOR && *p.token.text == '\n') {
			advance(&p);
			continue;
		}
		*list = parse_and_or(&p);
		list = &(*list)->next;
		if (p.token.type == TOKEN_SEPARATOR || p.token.type == TOKEN_BACKGROUND)
			advance(&p);
		else if (p.token.type != TOKEN_END)
			syntax_error(&p);
	}
	return p.failed ? -1 : 0;
}
