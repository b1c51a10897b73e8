/* SPDX-License-Identifier: MIT */
/*
 * Fields: a value with blanks or zeros around it, as wide as its conversion asks.
 *
 * Linux counterpart: lib/vsprintf.c
 */
#include <kernel/lib/ctype.h>
#include <kernel/lib/err.h>
#include <kernel/lib/format.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/math64.h>
#include <kernel/lib/string.h>

static void pad(struct output *out, char c, int count)
{
	while (count-- > 0)
		put(out, c);
}

void put_text(struct output *out, const char *text, int len, const struct spec *spec)
{
	int i;

	if (!spec->left)
		pad(out, ' ', spec->width - len);
	for (i = 0; i < len; i++)
		put(out, text[i]);
	if (spec->left)
		pad(out, ' ', spec->width - len);
}

void put_string(struct output *out, const char *s, const struct spec *spec)
{
	s = bad_pointer(s) ? bad_pointer(s) : s;
	put_text(out, s, spec->precision < 0 ? strlen(s) : strnlen(s, spec->precision), spec);
}

/* Digits of value in reverse order; returns how many. 22 are enough for 64 bits in octal. */
static int reversed_digits(char *digits, u64 value, unsigned int base, const char *alphabet)
{
	int count = 0;
	u32 digit;

	do {
		value = div_u64_rem(value, base, &digit);
		digits[count++] = alphabet[digit];
	} while (value);
	return count;
}

static const char *number_prefix(const struct spec *spec, u64 value, bool negative)
{
	if (spec->type == 'x' || spec->type == 'X')
		return !spec->alternate ? "" : spec->type == 'x' ? "0x" : "0X";
	if (spec->type == 'o')
		return spec->alternate && value ? "0" : "";
	if (spec->type == 'u')
		return "";
	return negative ? "-" : spec->plus ? "+" : spec->space ? " " : "";
}

/* Blanks, prefix, zeros, digits, blanks: as many of each as the spec asks for. */
void put_number(struct output *out, u64 value, bool negative, const struct spec *spec)
{
	const char *alphabet = spec->type == 'X' ? "0123456789ABCDEF" : "0123456789abcdef";
	unsigned int base = tolower(spec->type) == 'x' ? 16 : spec->type == 'o' ? 8 : 10;
	const char *prefix = number_prefix(spec, value, negative);
	char digits[24];
	int count = reversed_digits(digits, value, base, alphabet);
	int zeros = max(spec->precision - count, 0);
	int blanks = spec->width - (int)strlen(prefix) - zeros - count;

	if (spec->zero && !spec->left && spec->precision < 0) {
		zeros = max(blanks, 0);
		blanks = 0;
	}
	if (!spec->left)
		pad(out, ' ', blanks);
	while (*prefix)
		put(out, *prefix++);
	pad(out, '0', zeros);
	while (count)
		put(out, digits[--count]);
	if (spec->left)
		pad(out, ' ', blanks);
}

void put_hex(struct output *out, u64 value, int digits, bool with_0x, const struct spec *spec)
{
	struct spec hex = *spec;

	hex.type = 'x';
	hex.precision = digits;
	hex.alternate = with_0x;
	put_number(out, value, false, &hex);
}

const char *bad_pointer(const void *ptr)
{
	if (!ptr)
		return "(null)";
	return (unsigned long)ptr < 4096 || IS_ERR(ptr) ? "(efault)" : NULL;
}
