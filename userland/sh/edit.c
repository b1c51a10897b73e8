/* SPDX-License-Identifier: MIT */
/*
 * The line editor. While a line is edited the terminal is raw: each key arrives at once, and
 * nothing is shown but what this file writes.
 *
 * Only printable characters and backspaces are ever written, so that any terminal will do, and
 * the prompt stands there exactly once. The price: on a line longer than the screen, moving back
 * over the screen's edge is not shown right (the line itself is).
 */
#include "edit.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

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
	size_t cursor;
	size_t shown;          /* characters of the line on the screen */
	size_t at;             /* where the terminal's cursor stands in them */
	unsigned int age;      /* of the history line shown; 0 is the new one */
	char draft[LINE_SIZE]; /* the new one, while an old one is shown */
} line;

static void move_to(size_t target)
{
	for (; line.at > target; line.at--)
		putchar('\b');
	for (; line.at < target; line.at++)
		putchar(line.text[line.at]);
}

/* Show the line again from that character on; what stands before it has not changed. */
static void redraw(size_t from)
{
	move_to(from);
	move_to(line.length);
	for (; line.at < line.shown; line.at++)
		putchar(' ');
	line.shown = line.length;
	move_to(line.cursor);
}

static void insert(char c)
{
	if (line.length + 1 >= LINE_SIZE) {
		putchar('\a');
		return;
	}
	memmove(line.text + line.cursor + 1, line.text + line.cursor, line.length - line.cursor);
	line.text[line.cursor++] = c;
	line.length++;
	redraw(line.cursor - 1);
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
	if (line.cursor)
		erase(line.cursor - 1, line.cursor);
}

static void delete_here(void)
{
	if (line.cursor < line.length)
		erase(line.cursor, line.cursor + 1);
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
	line.cursor -= line.cursor > 0;
}

static void go_right(void)
{
	line.cursor += line.cursor < line.length;
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
	{ KEY_DOWN, show_newer },
};

static int read_byte(int fd)
{
	unsigned char c;

	return read(fd, &c, 1) == 1 ? c : KEY_END_OF_INPUT;
}

/* What follows an escape: [ or O, then for some keys a number, then a byte that ends it. */
static int read_escape(void)
{
	static const char finals[] = "ABCDHF";
	static const enum key keys[] = {
		KEY_UP, KEY_DOWN, KEY_RIGHT, KEY_LEFT, KEY_HOME, KEY_LAST
	};
	int c = read_byte(STDIN_FILENO);
	int number = 0;
	const char *found;

	if (c != '[' && c != 'O')
		return KEY_UNKNOWN;
	while ((c = read_byte(STDIN_FILENO)) == ';' || (c >= '0' && c <= '9'))
		number = number * 10 + c - '0';
	if (c == '~')
		return number == 3 ? KEY_DELETE : KEY_UNKNOWN;
	found = c > 0 ? strchr(finals, c) : NULL;
	return found ? (int)keys[found - finals] : KEY_UNKNOWN;
}

static int read_key(void)
{
	int c = read_byte(STDIN_FILENO);

	return c == KEY_ESCAPE ? read_escape() : c;
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
		insert(key);
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
	tcgetattr(STDIN_FILENO, &settings);
	raw = settings;
	raw.c_iflag &= ~(ICRNL | IXON);
	raw.c_lflag &= ~(ICANON | ECHO | ISIG | IEXTEN);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	tcsetattr(STDIN_FILENO, TCSANOW, &raw);
	fputs(prompt, stdout);
	more = edit();
	putchar('\n');
	fflush(stdout);
	tcsetattr(STDIN_FILENO, TCSANOW, &settings);
	if (!more)
		return NULL;
	history_add(line.text);
	return line.text;
}

char *read_line(int fd)
{
	size_t n = 0;
	int c;

	while ((c = read_byte(fd)) != KEY_END_OF_INPUT && c != '\n')
		if (n + 1 < LINE_SIZE)
			line.text[n++] = c;
	if (c == KEY_END_OF_INPUT && !n)
		return NULL;
	line.text[n] = '\0';
	return line.text;
}
