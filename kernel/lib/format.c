/* SPDX-License-Identifier: MIT */
/*
 * Fields: a value with blanks or zeros around it, as wide as its conversion asks.
 *
 * Linux counterpart: lib/vsprintf.c
 */
#include <kernel/lib/compiler.h>
#include <kernel/lib/ctype.h>
#include <kernel/lib/err.h>
#include <kernel/lib/format.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/math64.h>
#include <kernel/lib/string.h>

/* How many of len more characters there is room for. */
static size_t room_for(const struct output *out, size_t len)
{
	return out->len < out->size ? min(len, out->size - out->len) : 0;
}

void put_run(struct output *out, const char *text, size_t len)
{
	char *to = out->buf + out->len, *end = to + room_for(out, len);

	while (to != end) {
		*to++ = *text++;
		barrier(); /* or it becomes a call of memcpy(), which short runs do not pay for */
	}
	out->len += len;
}

static void pad(struct output *out, char c, int count)
{
	if (count <= 0)
		return;
	memset(out->buf + out->len, c, room_for(out, count));
	out->len += count;
}

void put_text(struct output *out, const char *text, int len, const struct spec *spec)
{
	if (!spec->left)
		pad(out, ' ', spec->width - len);
	put_run(out, text, len);
	if (spec->left)
		pad(out, ' ', spec->width - len);
}

void put_string(struct output *out, const char *s, const struct spec *spec)
{
	s = bad_pointer(s) ? bad_pointer(s) : s;
	put_text(out, s, spec->precision < 0 ? strlen(s) : strnlen(s, spec->precision), spec);
}

#define MAX_DIGITS 22 /* 64 bits in octal */

/* Writes the digits of value in front of end. Returns the first. shift: bits of a digit. */
static char *binary_digits(char *end, u64 value, unsigned int shift, const char *alphabet)
{
	do {
		*--end = alphabet[value & ((1U << shift) - 1)];
		value >>= shift;
	} while (value);
	return end;
}

static char *decimal_digits(char *end, u64 value)
{
	u32 small, digit;

	for (; value > ~(u32)0; *--end = '0' + digit)
		value = div_u64_rem(value, 10, &digit);
	small = value; /* dividing 32 bits by a constant is a multiplication */
	do
		*--end = '0' + small % 10;
	while (small /= 10);
	return end;
}

static char *digits_of(char *end, u64 value, char type)
{
	if (tolower(type) == 'x')
		return binary_digits(end, value, 4,
				     type == 'X' ? "0123456789ABCDEF" : "0123456789abcdef");
	return type == 'o' ? binary_digits(end, value, 3, "01234567") : decimal_digits(end, value);
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
	const char *prefix = number_prefix(spec, value, negative);
	char digits[MAX_DIGITS], *end = digits + MAX_DIGITS;
	const char *first = digits_of(end, value, spec->type);
	int count = end - first, prefix_len = strlen(prefix);
	int zeros = max(spec->precision - count, 0);
	int blanks = spec->width - prefix_len - zeros - count;

	if (spec->zero && !spec->left && spec->precision < 0) {
		zeros = max(blanks, 0);
		blanks = 0;
	}
	if (!spec->left)
		pad(out, ' ', blanks);
	put_run(out, prefix, prefix_len);
	pad(out, '0', zeros);
	put_run(out, first, count);
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
