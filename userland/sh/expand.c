/* SPDX-License-Identifier: MIT */
/*
 * Expansion: one pass over a word's characters, which feeds a field; when splitting ends a field,
 * it becomes a word of the result.
 */
#include "expand.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "memory.h"
#include "vars.h"

struct expansion {
	struct text field;
	bool in_field; /* true also for the empty field that '' makes */
	bool split;
	char **fields; /* ends in NULL */
	size_t count;
};

static void end_field(struct expansion *e)
{
	if (!e->in_field)
		return;
	if (e->count % 8 == 0) {
		char **larger = line_alloc((e->count + 8 + 1) * sizeof(*larger));

		if (e->count)
			memcpy(larger, e->fields, e->count * sizeof(*larger));
		e->fields = larger;
	}
	e->fields[e->count++] = line_strndup(e->field.s ? e->field.s : "", e->field.length);
	e->field.length = 0;
	e->in_field = false;
}

static void add(struct expansion *e, char c)
{
	text_add(&e->field, c);
	e->in_field = true;
}

/* p points behind a dollar. Returns what follows the name, and the value. NULL: no name there. */
static const char *parse_dollar(const char *p, const char **value)
{
	static char number[12];
	bool brace = *p == '{';
	const char *name = p + brace;
	const char *end = name;

	while (isalnum(*end) || *end == '_')
		end++;
	if (end > name && (!brace || *end == '}') && name_starts_with(*name)) {
		*value = var_value(name, end - name);
		return end + brace;
	}
	*value = number;
	if (*p == '?')
		snprintf(number, sizeof(number), "%d", last_status);
	else if (*p == '$')
		snprintf(number, sizeof(number), "%d", shell_pid);
	else if (*p == '#')
		snprintf(number, sizeof(number), "%d", script_args_count - 1);
	else if (isdigit(*p))
		*value = *p - '0' < script_args_count ? script_args[*p - '0'] : "";
	else
		return NULL;
	return p + 1;
}

static const char *expand_dollar(struct expansion *e, const char *p, bool split)
{
	const char *value;
	const char *end = parse_dollar(p + 1, &value);

	if (!end) {
		add(e, '$');
		return p + 1;
	}
	for (; *value; value++) {
		if (split && isspace(*value))
			end_field(e);
		else
			add(e, *value);
	}
	return end;
}

static const char *expand_single_quotes(struct expansion *e, const char *p)
{
	e->in_field = true;
	for (p++; *p != '\''; p++)
		add(e, *p);
	return p + 1;
}

/* A backslash outside of quotes takes the next character as it is; with a newline it vanishes. */
static const char *expand_backslash(struct expansion *e, const char *p)
{
	if (!p[1]) {
		add(e, '\\');
		return p + 1;
	}
	if (p[1] != '\n')
		add(e, p[1]);
	return p + 2;
}

static const char *expand_double_quotes(struct expansion *e, const char *p)
{
	e->in_field = true;
	for (p++; *p != '"';) {
		if (*p == '$')
			p = expand_dollar(e, p, false);
		else if (*p == '\\' && strchr("\\\"$`\n", p[1]))
			p = expand_backslash(e, p);
		else
			add(e, *p++);
	}
	return p + 1;
}

static void expand(struct expansion *e, const char *p)
{
	while (*p) {
		if (*p == '$')
			p = expand_dollar(e, p, e->split);
		else if (*p == '\'')
			p = expand_single_quotes(e, p);
		else if (*p == '"')
			p = expand_double_quotes(e, p);
		else if (*p == '\\')
			p = expand_backslash(e, p);
		else
			add(e, *p++);
	}
}

char **expand_words(char *const *words)
{
	struct expansion e = { .split = true, .fields = line_alloc(sizeof(char *)) };

	for (; *words; words++) {
		expand(&e, *words);
		end_field(&e);
	}
	return e.fields;
}

char *expand_word(const char *word)
{
	struct expansion e = { .split = false };

	expand(&e, word);
	return line_strndup(e.field.s ? e.field.s : "", e.field.length);
}
