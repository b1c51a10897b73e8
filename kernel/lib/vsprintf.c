/* SPDX-License-Identifier: MIT */
/*
 * Formatted text: one loop over the format and a struct spec for each conversion in it. format.c
 * puts the values, and counts what does not fit.
 *
 * Linux counterpart: lib/vsprintf.c
 */
#include <kernel/lib/compiler.h>
#include <kernel/lib/ctype.h>
#include <kernel/lib/format.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>

/* va_list may be an array type, and is passed on by reference only inside a struct. */
struct arguments {
	va_list list;
};

/* The largest width or precision: longer than any text of ours, and sums of it stay in an int. */
#define MAX_COUNT SZ_64K

/* An integer argument of spec->bytes, extended to 64 bits; smaller ones than int travel as int. */
static u64 integer_argument(struct arguments *args, const struct spec *spec, bool is_signed)
{
	u64 raw = spec->bytes > sizeof(int) ? va_arg(args->list, u64) : va_arg(args->list, u32);
	int unused_bits = 64 - 8 * spec->bytes;

	raw <<= unused_bits;
	return is_signed ? (u64)((s64)raw >> unused_bits) : raw >> unused_bits;
}

/* A decimal number in the format, or a * that takes an int argument; cut to MAX_COUNT. */
static const char *parse_count(const char *fmt, int *count, struct arguments *args)
{
	if (*fmt == '*') {
		*count = clamp(va_arg(args->list, int), -MAX_COUNT, MAX_COUNT);
		return fmt + 1;
	}
	for (*count = 0; isdigit(*fmt); fmt++)
		*count = min(*count * 10 + (*fmt - '0'), MAX_COUNT);
	return fmt;
}

static const char *parse_flags(const char *fmt, struct spec *spec)
{
	for (;; fmt++) {
		if (*fmt == '-')
			spec->left = true;
		else if (*fmt == '+')
			spec->plus = true;
		else if (*fmt == ' ')
			spec->space = true;
		else if (*fmt == '#')
			spec->alternate = true;
		else if (*fmt == '0')
			spec->zero = true;
		else
			return fmt;
	}
}

static const char *parse_size(const char *fmt, unsigned int *bytes)
{
	static const struct {
		char letter;
		unsigned char once, twice; /* bytes, by how often the letter stands there */
	} sizes[] = {
		{ 'l', sizeof(long), 8 },
		{ 'h', 2, 1 },
		{ 'z', sizeof(size_t), 0 },
		{ 't', sizeof(ptrdiff_t), 0 },
	};
	size_t i;

	*bytes = sizeof(int);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		if (*fmt != sizes[i].letter)
			continue;
		if (!sizes[i].twice || fmt[1] != *fmt) {
			*bytes = sizes[i].once;
			return fmt + 1;
		}
		*bytes = sizes[i].twice;
		return fmt + 2;
	}
	return fmt;
}

/* Reads the directive behind a %. Returns the place behind the type letter. */
static const char *parse_spec(const char *fmt, struct spec *spec, struct arguments *args)
{
	*spec = (struct spec){ .precision = -1 };
	fmt = parse_flags(fmt, spec);
	fmt = parse_count(fmt, &spec->width, args);
	if (spec->width < 0) {
		spec->left = true;
		spec->width = -spec->width;
	}
	if (*fmt == '.')
		fmt = parse_count(fmt + 1, &spec->precision, args);
	fmt = parse_size(fmt, &spec->bytes);
	spec->type = *fmt;
	return *fmt ? fmt + 1 : fmt;
}

/* Prints one argument. Returns the place behind the conversion, or NULL when it is unknown. */
static const char *convert(struct output *out, const char *fmt, struct arguments *args)
{
	struct spec spec;
	s64 value;
	char c;

	fmt = parse_spec(fmt, &spec, args);
	switch (spec.type) {
	case '%':
		put_run(out, "%", 1);
		return fmt;
	case 'c':
		c = va_arg(args->list, int);
		put_text(out, &c, 1, &spec);
		return fmt;
	case 's':
		put_string(out, va_arg(args->list, const char *), &spec);
		return fmt;
	case 'p':
		return put_pointer(out, va_arg(args->list, void *), fmt, &spec);
	case 'd':
	case 'i':
		value = integer_argument(args, &spec, true);
		put_number(out, value < 0 ? -(u64)value : (u64)value, value < 0, &spec);
		return fmt;
	case 'u':
	case 'x':
	case 'X':
	case 'o':
		put_number(out, integer_argument(args, &spec, false), false, &spec);
		return fmt;
	default:
		return NULL;
	}
}

/* How many characters come before the next conversion. */
static size_t run_length(const char *fmt)
{
	const char *end = fmt;

	while (*end && *end != '%')
		end++;
	return end - fmt;
}

int vsnprintf(char *buf, size_t size, const char *fmt, va_list list)
{
	struct output out = { .buf = buf, .size = size };
	struct arguments args;
	const char *next;

	va_copy(args.list, list);
	while (*fmt) {
		size_t literal = run_length(fmt);

		put_run(&out, fmt, literal);
		fmt += literal;
		if (!*fmt)
			break;
		next = convert(&out, fmt + 1, &args);
		if (!next) { /* what follows belongs to arguments that cannot be known */
			put_run(&out, fmt, strlen(fmt));
			break;
		}
		fmt = next;
	}
	va_end(args.list);
	if (size)
		buf[min(out.len, size - 1)] = '\0';
	return out.len;
}

int snprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(buf, size, fmt, args);
	va_end(args);
	return len;
}

int vscnprintf(char *buf, size_t size, const char *fmt, va_list args)
{
	int len = vsnprintf(buf, size, fmt, args);

	return size ? min(len, (int)size - 1) : 0;
}

int scnprintf(char *buf, size_t size, const char *fmt, ...)
{
	va_list args;
	int len;

	va_start(args, fmt);
	len = vscnprintf(buf, size, fmt, args);
	va_end(args);
	return len;
}
