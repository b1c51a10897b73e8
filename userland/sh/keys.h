/* SPDX-License-Identifier: MIT */
/*
 * The keyboard: a terminal in raw mode, and the keys that its bytes stand for.
 */
#pragma once

#include <stdbool.h>
#include <stddef.h>

enum key_code {
	KEY_END_OF_INPUT = -1,
	KEY_DELETE_BACK = 0x7f, /* this and below ' ': the control character itself */
	KEY_CHARACTER = 0x100,
	KEY_UP,
	KEY_DOWN,
	KEY_RIGHT,
	KEY_LEFT,
	KEY_HOME,
	KEY_LAST,
	KEY_DELETE,
	KEY_UNKNOWN,
};

#define CTRL(letter) (0x1f & (letter))

struct key {
	int code;
	char text[4]; /* of a KEY_CHARACTER, in UTF-8; without a NUL */
	size_t length;
};

/*
 * From keys_begin() to keys_end() each key arrives at once, and the terminal shows nothing by
 * itself. Both return false, after a message, when the terminal does not do as it is told.
 */
bool keys_begin(void);
bool keys_end(void);

/* Waits for the next key. A byte that does not continue what came before it is a key of its own. */
struct key read_key(void);

/* The next read_key() gives this key again. Takes one key. */
void unread_key(struct key key);
