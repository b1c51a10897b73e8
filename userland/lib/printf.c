/* SPDX-License-Identifier: MIT */
/*
 * printf: every conversion is reduced to one piece of text, then padded to its width.
 */
#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "format.h"

/* A conversion specification: %[-][0][width][.precision][length]conversion. */
struct spec {
	bool left;
	bool zero;
	int width;
	int precision; /* -1: none */
	int longs;     /* 1: long or size_t, 2: long long */
	char conversion;
};

/* A conversion's result: an optional sign or 0x, which stands before padding zeros, and text. */
struct piece {
	const char *prefix;
	const char *text;
	int length; /* of the text */
};

#define DIGITS_MAX 20 /* 2^64 in decimal */

static int parse_number(const char **fmt, va_list *args)
{
	int n = 0;

	if (**fmt == '*') {
		(*fmt)++;
		return va_arg(*args, int);
	}
	while (isdigit(**fmt))
		n = n * 10 + *(*fmt)++ - '0';
	return n;
}

/* fmt stands behind the %; returns what follows the specification. */
static const char *parse_spec(const char *fmt, va_list *args, struct spec *spec)
{
	*spec = (struct spec){ .precision = -1 };
	for (; *fmt == '-' || *fmt == '0'; fmt++) {
		spec->left |= *fmt == '-';
		spec->zero |= *fmt == '0';
	}
	spec->width = parse_number(&fmt, args);
	if (*fmt == '.') {
		fmt++;
		spec->precision = parse_number(&fmt, args);
	}
	for (; *fmt == 'l' || *fmt == 'z'; fmt++)
		spec->longs++;
	spec->conversion = *fmt;
	return *fmt ? fmt + 1 : fmt;
}

/*
 * Divide by a small number and return the remainder. 64-bit division is a library call on arm;
 * long division in 16-bit digits needs only the 32-bit instruction.
 */
static unsigned int divide(uint64_t *value, unsigned int divisor)
{
	uint32_t rest = 0;
	uint64_t quotient = 0;

	for (int i = 0; i < 4; i++) {
		rest = rest << 16 | (uint16_t)(*value >> 48);
		*value <<= 16;
		quotient = quotient << 16 | rest / divisor;
		rest %= divisor;
	}
	*value = quotient;
	return rest;
}

static uint64_t integer_argument(const struct spec *spec, bool is_signed, va_list *args)
{
	if (spec->longs >= 2)
		return va_arg(*args, unsigned long long);
	if (is_signed)
		return spec->longs ? va_arg(*args, long) : va_arg(*args, int);
	return spec->longs ? va_arg(*args, unsigned long) : va_arg(*args, unsigned int);
}

static struct piece format_integer(struct spec *spec, va_list *args, char *end)
{
	const char *digits = spec->conversion == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
	bool is_signed = spec->conversion == 'd' || spec->conversion == 'i';
	bool is_pointer = spec->conversion == 'p';
	unsigned int base = is_signed || spec->conversion == 'u' ? 10 : 16;
	struct piece piece = { .prefix = is_pointer ? "0x" : "" };
	char *start = end;
	uint64_t value;

	if (is_pointer)
		spec->longs = 1;
	value = integer_argument(spec, is_signed, args);
	if (is_signed && (int64_t)value < 0) {
		piece.prefix = "-";
		value = -value;
	}
	do
		*--start = digits[divide(&value, base)];
	while (value);
	piece.text = start;
	piece.length = end - start;
	return piece;
}

static struct piece format_string(struct spec *spec, va_list *args)
{
	struct piece piece = { .prefix = "", .text = va_arg(*args, const char *) };

	if (!piece.text)
		piece.text = "(null)";
	while (piece.length != spec->precision && piece.text[piece.length])
		piece.length++;
	return piece;
}

static int put_repeated(struct sink *sink, char c, int n)
{
	for (int i = 0; i < n; i++)
		sink->put(sink, c);
	return n > 0 ? n : 0;
}

static int put_text(struct sink *sink, const char *text, int length)
{
	for (int i = 0; i < length; i++)
		sink->put(sink, text[i]);
	return length;
}

static int put_piece(struct sink *sink, const struct spec *spec, struct piece piece)
{
	int prefix = strlen(piece.prefix);
	int padding = spec->width - prefix - piece.length;
	int n = 0;

	if (!spec->left && !spec->zero)
		n += put_repeated(sink, ' ', padding);
	n += put_text(sink, piece.prefix, prefix);
	if (!spec->left && spec->zero)
		n += put_repeated(sink, '0', padding);
	n += put_text(sink, piece.text, piece.length);
	if (spec->left)
		n += put_repeated(sink, ' ', padding);
	return n;
}

static struct piece convert(struct spec *spec, va_list *args, char buf[DIGITS_MAX])
{
	switch (spec->conversion) {
	case 's':
		return format_string(spec, args);
	case 'c':
		buf[0] = va_arg(*args, int);
		return (struct piece){ "", buf, 1 };
	case '%':
		return (struct piece){ "", "%", 1 };
	default:
		return format_integer(spec, args, buf + DIGITS_MAX);
	}
}

int format(struct sink *sink, const char *fmt, va_list args)
{
	char buf[DIGITS_MAX];
	struct spec spec;
	va_list rest;
	int n = 0;

	/* A va_list may be an array, whose address as a parameter is not that of a va_list. */
	va_copy(rest, args);
	while (*fmt) {
		if (*fmt != '%') {
			n += put_text(sink, fmt++, 1);
			continue;
		}
		fmt = parse_spec(fmt + 1, &rest, &spec);
		n += put_piece(sink, &spec, convert(&spec, &rest, buf));
	}
	va_end(rest);
	return n;
}

struct buffer_sink {
	struct sink sink;
	char *pos;
	size_t room; /* without the final NUL */
};

static void put_buffer(struct sink *sink, char c)
{
	struct buffer_sink *b = (struct buffer_sink *)sink;

	if (!b->room)
		return;
	*b->pos++ = c;
	b->room--;
}

int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	struct buffer_sink b = { { put_buffer }, buf, size ? size - 1 : 0 };
	int n = format(&b.sink, fmt, args);

	if (size)
		*b.pos = '\0';
	return n;
}

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return n;
}

struct file_sink {
	struct sink sink;
	FILE *file;
};

static void put_file(struct sink *sink, char c)
{
	putc(c, ((struct file_sink *)sink)->file);
}

int vfprintf(FILE *f, const char *fmt, va_list args)
{
	struct file_sink s = { { put_file }, f };

	return format(&s.sink, fmt, args);
}

int fprintf(FILE *f, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vfprintf(f, fmt, args);
	va_end(args);
	return n;
}

int printf(const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vfprintf(stdout, fmt, args);
	va_end(args);
	return n;
}
