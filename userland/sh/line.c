/* SPDX-License-Identifier: MIT */
/*
 * The edited line. Only printable characters and backspaces are written while it changes, so that
 * any terminal will do. The price: on a line longer than the screen, moving back over the screen's
 * edge is not shown right (the line itself is).
 *
 * Text is UTF-8: a character is a byte and the continuation bytes behind it, and fills one column.
 */
#include "line.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

struct line line;

static bool is_continuation(char c)
{
	return (c & 0xc0) == 0x80;
}

/* Whether a byte of the text belongs to the character before it. */
static bool continues(size_t pos)
{
	return pos < line.length && is_continuation(line.text[pos]);
}

size_t character_before(size_t pos)
{
	while (pos && continues(--pos))
		;
	return pos;
}

size_t character_after(size_t pos)
{
	while (pos < line.length && continues(++pos))
		;
	return pos;
}

static void put_repeatedly(char c, size_t n)
{
	while (n--)
		putchar(c);
}

/* To the left by backspaces, to the right by writing the characters once more. */
void move_to(size_t pos)
{
	size_t column = 0;

	for (size_t i = 0; i < pos; i++) {
		column += !continues(i);
		if (column > line.at)
			putchar(line.text[i]);
	}
	if (line.at > column)
		put_repeatedly('\b', line.at - column);
	line.at = column;
}

/* Shows the line again from that place on; the text before it has not changed. */
static void redraw(size_t from)
{
	size_t end;

	line.text[line.length] = '\0';
	move_to(from);
	move_to(line.length);
	end = line.at;
	if (line.at < line.shown) {
		put_repeatedly(' ', line.shown - line.at);
		line.at = line.shown;
	}
	line.shown = end;
	move_to(line.cursor);
}

void show_again(void)
{
	line.at = 0;
	line.shown = 0;
	fputs(line.prompt, stdout);
	redraw(0);
}

void begin_line(const char *prompt)
{
	line.prompt = prompt;
	line.length = 0;
	line.cursor = 0;
	show_again();
}

void insert(const char *bytes, size_t n)
{
	size_t from = line.cursor;

	if (line.length + n >= LINE_SIZE) {
		putchar('\a');
		return;
	}
	memmove(line.text + from + n, line.text + from, line.length - from);
	memcpy(line.text + from, bytes, n);
	line.length += n;
	line.cursor += n;
	redraw(from);
}

void erase(size_t from, size_t to)
{
	memmove(line.text + from, line.text + to, line.length - to);
	line.length -= to - from;
	line.cursor = from;
	redraw(from);
}

void replace_line(const char *text)
{
	line.length = strnlen(text, LINE_SIZE - 1);
	memmove(line.text, text, line.length);
	line.cursor = line.length;
	redraw(0);
}

/* Blanks over both first: the new prompt may be the shorter one. */
void replace_prompt(const char *prompt)
{
	size_t columns = 0;

	for (const char *p = line.prompt; *p; p++)
		columns += !is_continuation(*p);
	move_to(0);
	put_repeatedly('\b', columns);
	put_repeatedly(' ', columns + line.shown);
	put_repeatedly('\b', columns + line.shown);
	line.prompt = prompt;
	show_again();
}
