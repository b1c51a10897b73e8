/* SPDX-License-Identifier: MIT */
/*
 * From bytes to keys. Some keys send several bytes, and terminals differ in which: xterm, the
 * Linux console, tmux, screen, PuTTY and rxvt each have forms of their own for Home and End.
 *
 * No length is taken on trust: a terminal may send half a character or half a sequence (it speaks
 * Latin-1, a multiplexer took the rest, a paste was cut). The byte that does not continue it ends
 * it, and acts as the key that it is.
 */
#include "keys.h"

#include <err.h>
#include <termios.h>
#include <unistd.h>

#define ESCAPE 0x1b

#define NOTHING (-2)

static struct termios settings; /* of the terminal outside */
static int kept_byte = NOTHING;
static struct key kept_key = { .code = NOTHING };

static bool set_terminal(const struct termios *wanted)
{
	if (!tcsetattr(STDIN_FILENO, TCSANOW, wanted))
		return true;
	warn("standard input");
	return false;
}

bool keys_begin(void)
{
	struct termios raw;

	if (tcgetattr(STDIN_FILENO, &settings)) {
		warn("standard input");
		return false;
	}
	raw = settings;
	raw.c_iflag &= ~(ICRNL | IXON);
	raw.c_lflag &= ~(ICANON | ECHO | ISIG | IEXTEN);
	raw.c_cc[VMIN] = 1;
	raw.c_cc[VTIME] = 0;
	return set_terminal(&raw);
}

bool keys_end(void)
{
	return set_terminal(&settings);
}

static int read_byte(void)
{
	unsigned char c;
	int byte = kept_byte;

	kept_byte = NOTHING;
	if (byte != NOTHING)
		return byte;
	return read(STDIN_FILENO, &c, 1) == 1 ? c : KEY_END_OF_INPUT;
}

static void unread_byte(int byte)
{
	kept_byte = byte;
}

static const struct {
	char final;
	char number; /* in front of a ~ */
	enum key_code code;
} sequences[] = {
	{ 'A', 0, KEY_UP },   { 'B', 0, KEY_DOWN }, { 'C', 0, KEY_RIGHT },  { 'D', 0, KEY_LEFT },
	{ 'H', 0, KEY_HOME }, { 'F', 0, KEY_LAST }, { '~', 1, KEY_HOME },   { '~', 7, KEY_HOME },
	{ '~', 4, KEY_LAST }, { '~', 8, KEY_LAST }, { '~', 3, KEY_DELETE },
};

static int find_sequence(int final, unsigned int number)
{
	for (size_t i = 0; i < sizeof(sequences) / sizeof(sequences[0]); i++)
		if (sequences[i].final == final && (final != '~' || sequences[i].number == number))
			return sequences[i].code;
	return KEY_UNKNOWN;
}

/*
 * What follows an escape: [ or O, then parameters, of which the first number counts, then the byte
 * that ends it. The Linux console sends its first function keys with a second [.
 */
static int read_sequence(void)
{
	unsigned int number = 0;
	bool counts = true;
	int c = read_byte();

	if (c == '[' || c == 'O') {
		c = read_byte();
		if (c == '[' && (c = read_byte()) >= ' ')
			return KEY_UNKNOWN;
		for (; c >= ' ' && c < '@'; c = read_byte()) {
			counts = counts && c >= '0' && c <= '9';
			number = counts ? number * 10 + c - '0' : number;
		}
		if (c >= '@')
			return find_sequence(c, number);
	}
	if (c < ' ')
		unread_byte(c);
	return KEY_UNKNOWN;
}

/* The first byte of a character in UTF-8 tells how many may follow. */
static struct key read_character(int c)
{
	struct key key = { KEY_CHARACTER, { c }, 1 };
	size_t size = c < 0xc0 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;

	while (key.length < size) {
		c = read_byte();
		if (c < 0x80 || c >= 0xc0) {
			unread_byte(c);
			break;
		}
		key.text[key.length++] = c;
	}
	return key;
}

struct key read_key(void)
{
	struct key key = kept_key;
	int c;

	kept_key.code = NOTHING;
	if (key.code != NOTHING)
		return key;
	c = read_byte();
	if (c >= ' ' && c != KEY_DELETE_BACK)
		return read_character(c);
	return (struct key){ .code = c == ESCAPE ? read_sequence() : c };
}

void unread_key(struct key key)
{
	kept_key = key;
}
