/* SPDX-License-Identifier: MIT */
/*
 * A line of text as the terminal shows it, while it is edited.
 */
#pragma once

#include <stddef.h>

#define LINE_SIZE 1024

/* Any file may change cursor; move_to(line.cursor) shows it. Only line.c changes the rest. */
extern struct line {
	char text[LINE_SIZE]; /* a NUL follows it */
	size_t length;
	size_t cursor; /* where the next key acts */
	size_t shown;  /* columns of the screen that the line fills */
	size_t at;     /* the column of the terminal's cursor */
	const char *prompt;
} line;

/* An empty line behind a prompt. */
void begin_line(const char *prompt);

/* The place before or behind the character there, or the same place at either end. */
size_t character_before(size_t pos);
size_t character_after(size_t pos);

/* Moves the terminal's cursor to that place in the text. */
void move_to(size_t pos);

/* Adds n bytes at the cursor; rings the bell when there is no room. */
void insert(const char *bytes, size_t n);

/* Takes out what lies between two places; the cursor is then there. */
void erase(size_t from, size_t to);

/* Makes this the whole text, as far as there is room, with the cursor behind it. */
void replace_line(const char *text);

/* Puts another prompt in front of the line. It must stay as it is until the next one comes. */
void replace_prompt(const char *prompt);

/* Shows prompt and line once more, at the terminal's cursor. */
void show_again(void);
