/* SPDX-License-Identifier: MIT */
/*
 * The line editor. While a line is edited the terminal is raw: each key arrives at once, and
 * nothing is shown but what this file writes.
 *
 * Only printable characters and backspaces are written while a line grows, so that any terminal
 * will do, and the prompt stands there exactly once. The price: on a line longer than the screen,
 * moving back over the screen's edge is not shown right (the line itself is).
 *
 * Text is UTF-8: a character is a byte and the continuation bytes behind it, and fills one column.
 */
#include "edit.h"

#include <err.h>
#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "complete.h"
#include "history.h"

#define LINE_SIZE 1024

#define CTRL(letter) (0x1f & (letter))

enum key {
	KEY_END_OF_INPUT = -1,
	KEY_ESCAPE = 0x1b,
	KEY_DELETE_BACK = 0x7f,
	KEY_UP = 0x100, /* keys that send several bytes */
	KEY_DOWN,
	KEY_RIGHT,
	KEY_LEFT,
	KEY_HOME,
	KEY_LAST,
	KEY_DELETE,
	KEY_UNKNOWN,
};

static struct line {
	char text[LINE_SIZE];
	size_t length;
	size_t cursor; /* where the next key acts */
	size_t shown;  /* columns of the screen that the line fills */
	size_t at;     /* the column that the terminal's cursor stands in */
	const char *prompt;
	unsigned int age;      /* of the history line shown; 0 is the new one */
	char draft[LINE_SIZE]; /* the new one, while an old one is shown */
} line;

/* Whether a byte of UTF-8 belongs to the character before it. */
static bool continues(size_t pos)
{
	return pos < line.length && (line.text[pos] & 0xc0) == 0x80;
}

static size_t character_before(size_t pos)
{
	while (pos && continues(--pos))
		;
	return pos;
}

static size_t character_after(size_t pos)
{
	while (pos < line.length && continues(++pos))
		;
	return pos;
}

/* To the left by backspaces, to the right by writing what stands there. */
static void move_to(size_t target)
{
	size_t column = 0;

	for (size_t pos = 0; pos < target; pos++) {
		column += !continues(pos);
		if (column > line.at)
			putchar(line.text[pos]);
	}
	for (; line.at > column; line.at--)
		putchar('\b');
	line.at = column;
}

/* Show the line again from that character on; what stands before it has not changed. */
static void redraw(size_t from)
{
	size_t end;

	move_to(from);
	move_to(line.length);
	end = line.at;
	for (; line.at < line.shown; line.at++)
		putchar(' ');
	line.shown = end;
	move_to(line.cursor);
}

/* The same on a new line of the screen. */
static void show_again(void)
{
	line.at = 0;
	line.shown = 0;
	fputs(line.prompt, stdout);
	redraw(0);
}

static void insert(const char *bytes, size_t n)
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

static void erase(size_t from, size_t to)
{
	memmove(line.text + from, line.text + to, line.length - to);
	line.length -= to - from;
	line.cursor = from;
	redraw(from);
}

static void delete_back(void)
{
	erase(character_before(line.cursor), line.cursor);
}

static void delete_here(void)
{
	erase(line.cursor, character_after(line.cursor));
}

static void delete_word(void)
{
	size_t from = line.cursor;

	while (from && line.text[from - 1] == ' ')
		from--;
	while (from && line.text[from - 1] != ' ')
		from--;
	erase(from, line.cursor);
}

static void delete_to_start(void)
{
	erase(0, line.cursor);
}

static void delete_to_end(void)
{
	erase(line.cursor, line.length);
}

static void go_to_start(void)
{
	line.cursor = 0;
}

static void go_to_end(void)
{
	line.cursor = line.length;
}

static void go_left(void)
{
	line.cursor = character_before(line.cursor);
}

static void go_right(void)
{
	line.cursor = character_after(line.cursor);
}

static void show_history(unsigned int age)
{
	const char *text = age ? history_get(age) : line.draft;

	if (!text)
		return;
	if (!line.age)
		memcpy(line.draft, line.text, line.length + 1);
	line.age = age;
	line.length = strlen(text);
	memcpy(line.text, text, line.length);
	line.cursor = line.length;
	redraw(0);
}

static void show_older(void)
{
	show_history(line.age + 1);
}

static void show_newer(void)
{
	if (line.age)
		show_history(line.age - 1);
}

static void clear_screen(void)
{
	fputs("\x1b[H\x1b[2J", stdout);
	show_again();
}

/* Adds what is certain; when nothing is, shows what is possible. */
static void complete_word(void)
{
	char addition[NAME_MAX + 2];
	size_t found = complete(line.text, line.cursor, addition, sizeof(addition));

	if (*addition) {
		insert(addition, strlen(addition));
	} else if (found) {
		putchar('\n');
		list_completions(line.text, line.cursor);
		show_again();
	} else {
		putchar('\a');
	}
}

static const struct {
	int key;
	void (*act)(void);
} bindings[] = {
	{ KEY_DELETE_BACK, delete_back },
	{ CTRL('H'), delete_back },
	{ CTRL('D'), delete_here },
	{ KEY_DELETE, delete_here },
	{ CTRL('W'), delete_word },
	{ CTRL('U'), delete_to_start },
	{ CTRL('K'), delete_to_end },
	{ CTRL('A'), go_to_start },
	{ KEY_HOME, go_to_start },
	{ CTRL('E'), go_to_end },
	{ KEY_LAST, go_to_end },
	{ CTRL('B'), go_left },
	{ KEY_LEFT, go_left },
	{ CTRL('F'), go_right },
	{ KEY_RIGHT, go_right },
	{ CTRL('P'), show_older },
	{ KEY_UP, show_older },
	{ CTRL('N'), show_newer },
	{ CTRL('L'), clear_screen },
	{ '\t', complete_word },
	{ KEY_DOWN, show_newer },
};

static int read_byte(void)
{
	unsigned char c;

	return read(STDIN_FILENO, &c, 1) == 1 ? c : KEY_END_OF_INPUT;
}

/* What follows an escape: [ or O, then for some keys a number, then a byte that ends it. */
static int read_escape(void)
{
	static const char finals[] = "ABCDHF";
	static const enum key keys[] = {
		KEY_UP, KEY_DOWN, KEY_RIGHT, KEY_LEFT, KEY_HOME, KEY_LAST
	};
	int c = read_byte();
	int number = 0;
	const char *found;

	if (c != '[' && c != 'O')
		return KEY_UNKNOWN;
	while ((c = read_byte()) == ';' || (c >= '0' && c <= '9'))
		number = number * 10 + c - '0';
	if (c == '~')
		return number == 3 ? KEY_DELETE : KEY_UNKNOWN;
	found = c > 0 ? strchr(finals, c) : NULL;
	return found ? (int)keys[found - finals] : KEY_UNKNOWN;
}

static int read_key(void)
{
	int c = read_byte();

	return c == KEY_ESCAPE ? read_escape() : c;
}

/* The first byte of a character in UTF-8 tells how many follow. */
static void insert_character(int c)
{
	size_t size = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
	char bytes[4] = { c };

	for (size_t n = 1; n < size; n++)
		bytes[n] = read_byte();
	insert(bytes, size);
}

static void handle_key(int key)
{
	for (size_t i = 0; i < sizeof(bindings) / sizeof(bindings[0]); i++) {
		if (bindings[i].key == key) {
			bindings[i].act();
			move_to(line.cursor);
			return;
		}
	}
	if (key >= ' ' && key < 0x100)
		insert_character(key);
}

/* Returns false at the end of the input. */
static bool edit(void)
{
	for (;;) {
		int key;

		fflush(stdout);
		line.text[line.length] = '\0';
		key = read_key();
		if (key == '\r' || key == '\n')
			return true;
		if (key == KEY_END_OF_INPUT || (key == CTRL('D') && !line.length))
			return false;
		if (key == CTRL('C')) {
			fputs("^C", stdout);
			line.length = 0;
			line.text[0] = '\0';
			return true;
		}
		handle_key(key);
	}
}

char *edit_line(const char *prompt)
{
	struct termios settings, raw;
	bool more;

	line.length = 0;
	line.cursor = 0;
	line.shown = 0;
	line.at = 0;
	line.age = 0;
	line.prompt = prompt;
	if (tcgetattr(STDIN_FILENO, &settings)) {
		warn("standard input");
		return NULL;
	}
	raw = settings;
	raw.c_iflag &= ~(ICRNL | IXON);
	raw.c_lflag &= ~(ICANON | ECHO | ISIG | IEXTEN);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	if (tcsetattr(STDIN_FILENO, TCSANOW, &raw)) {
		warn("standard input");
		return NULL;
	}
	fputs(prompt, stdout);
	more = edit();
	putchar('\n');
	fflush(stdout);
	if (tcsetattr(STDIN_FILENO, TCSANOW, &settings))
		warn("standard input");
	if (!more)
		return NULL;
	history_add(line.text);
	return line.text;
}
