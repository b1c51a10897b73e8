/* SPDX-License-Identifier: MIT */
/*
 * The line editor: what each key does to the line.
 */
#include "edit.h"

#include <limits.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include "complete.h"
#include "history.h"
#include "keys.h"
#include "line.h"

/* The prompt that the documentation shows; a line pasted from there begins with it. */
#define USUAL_PROMPT "/ # "

static unsigned int age;      /* of the history line shown; 0 is the new one */
static char draft[LINE_SIZE]; /* the new one, while an old one is shown */

/* --- the line --- */

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

/* --- history --- */

static bool show_history(unsigned int wanted)
{
	const char *text = wanted ? history_get(wanted) : draft;

	if (!text)
		return false;
	if (!age)
		memcpy(draft, line.text, line.length + 1);
	age = wanted;
	replace_line(text);
	return true;
}

static void show_older(void)
{
	show_history(age + 1);
}

static void show_newer(void)
{
	if (age)
		show_history(age - 1);
}

/* Shows the newest line with this text that is at least so old. */
static void find_in_history(const char *text, unsigned int oldness)
{
	const char *found;

	while ((found = history_get(oldness)) && !strstr(found, text))
		oldness++;
	if (!show_history(oldness))
		putchar('\a');
}

/*
 * Each character that is typed narrows the search, Ctrl-R goes to the next older line, Ctrl-G back
 * to the line as it was. Any other key takes the line found, and acts on it.
 */
static void search_history(void)
{
	char text[64] = "", prompt[sizeof("(search) `': ") + sizeof(text)];
	const char *usual = line.prompt;
	size_t length = 0;
	struct key key;

	for (;;) {
		snprintf(prompt, sizeof(prompt), "(search) `%s': ", text);
		replace_prompt(prompt);
		fflush(stdout);
		key = read_key();
		if (key.code == CTRL('R')) {
			find_in_history(text, age + 1);
		} else if (key.code == KEY_CHARACTER && length + key.length < sizeof(text)) {
			memcpy(text + length, key.text, key.length);
			length += key.length;
			text[length] = '\0';
			find_in_history(text, age ? age : 1);
		} else if ((key.code == KEY_DELETE_BACK || key.code == CTRL('H')) && length) {
			text[--length] = '\0';
			find_in_history(text, 1);
		} else {
			break;
		}
	}
	replace_prompt(usual);
	if (key.code != CTRL('G'))
		unread_key(key);
	else if (age)
		show_history(0);
}

/* --- screen --- */

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
	{ CTRL('R'), search_history },
	{ CTRL('L'), clear_screen },
	{ '\t', complete_word },
	{ KEY_DOWN, show_newer },
};

/* Characters of no key have no binding, and do nothing. */
static void handle_key(struct key key)
{
	if (key.code == KEY_CHARACTER)
		insert(key.text, key.length);
	for (size_t i = 0; i < sizeof(bindings) / sizeof(bindings[0]); i++)
		if (bindings[i].key == key.code)
			bindings[i].act();
	move_to(line.cursor);
}

/* Returns false at the end of the input. */
static bool edit(void)
{
	for (;;) {
		struct key key;

		fflush(stdout);
		key = read_key();
		switch (key.code) {
		case '\r':
		case '\n':
			return true;
		case KEY_END_OF_INPUT:
			return false;
		case CTRL('C'):
			fputs("^C", stdout);
			line.text[0] = '\0';
			return true;
		case CTRL('D'):
			if (!line.length)
				return false;
		}
		handle_key(key);
	}
}

static char *behind_prompt(char *text, const char *prompt)
{
	size_t length = strlen(prompt);

	while (!strncmp(text, prompt, length))
		text += length;
	return text;
}

char *edit_line(const char *prompt)
{
	char *text;
	bool more;

	if (!keys_begin())
		return NULL;
	age = 0;
	begin_line(prompt);
	more = edit();
	putchar('\n');
	fflush(stdout);
	if (!keys_end() || !more)
		return NULL;
	text = behind_prompt(behind_prompt(line.text, prompt), USUAL_PROMPT);
	history_add(text);
	return text;
}
