/* SPDX-License-Identifier: MIT */
/*
 * Formatted text: one loop over the format, a struct spec for each conversion in it, and one
 * function for each kind of value. Everything ends in put() or pad(), which count what does not
 * fit.
 *
 * Linux counterpart: lib/vsprintf.c (which has some twenty more pointer extensions)
 */
#include <kernel/lib/compiler.h>
#include <kernel/lib/ctype.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errname.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/math64.h>
#include <kernel/lib/sizes.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>

/* The text so far. len goes on counting when size is reached. */
struct output {
	char *buf;
	size_t size;
	size_t len;
};

/* One conversion: %[flags][width][.precision][size]type. precision -1: none given. */
struct spec {
	bool left, plus, space, alternate, zero;
	int width;
	int precision;
	unsigned int bytes;
	char type;
};

/* va_list may be an array type, and is passed on by reference only inside a struct. */
struct arguments {
	va_list list;
};

#define POINTER_DIGITS ((int)(2 * sizeof(void *)))
#define SYMBOL_MAX     192
/* The largest width or precision: longer than any text of ours, and sums of it stay in an int. */
#define MAX_COUNT SZ_64K

static symbolize_t *symbolizer;

symbolize_t *vsprintf_set_symbolizer(symbolize_t *symbolize)
{
	symbolize_t *previous = symbolizer;

	symbolizer = symbolize;
	return previous;
}

static void put(struct output *out, char c)
{
	if (out->len < out->size)
		out->buf[out->len] = c;
	out->len++;
}

static void pad(struct output *out, char c, int count)
{
	while (count-- > 0)
		put(out, c);
}

/* len characters in a field of spec->width. */
static void put_text(struct output *out, const char *text, int len, const struct spec *spec)
{
	int i;

	if (!spec->left)
		pad(out, ' ', spec->width - len);
	for (i = 0; i < len; i++)
		put(out, text[i]);
	if (spec->left)
		pad(out, ' ', spec->width - len);
}

/* A string, of which at most spec->precision characters are read. */
static void put_string(struct output *out, const char *s, const struct spec *spec)
{
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
static void put_number(struct output *out, u64 value, bool negative, const struct spec *spec)
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

static void put_hex(struct output *out, u64 value, int digits, bool with_0x,
		    const struct spec *spec)
{
	struct spec hex = *spec;

	hex.type = 'x';
	hex.precision = digits;
	hex.alternate = with_0x;
	put_number(out, value, false, &hex);
}

/*
 * The text for a pointer that cannot be read, or NULL: the first page and ERR_PTRs are no objects.
 */
static const char *bad_pointer(const void *ptr)
{
	if (!ptr)
		return "(null)";
	return (unsigned long)ptr < 4096 || IS_ERR(ptr) ? "(efault)" : NULL;
}

static void put_symbol(struct output *out, unsigned long addr, bool offset, const struct spec *spec)
{
	char text[SYMBOL_MAX];

	if (!symbolizer) {
		put_hex(out, addr, POINTER_DIGITS, true, spec);
		return;
	}
	symbolizer(text, sizeof(text), addr, offset);
	put_string(out, text, spec);
}

static void put_errno(struct output *out, const void *ptr, const struct spec *spec)
{
	const char *name = IS_ERR(ptr) ? errname(PTR_ERR(ptr)) : NULL;
	struct spec decimal = *spec;

	if (name) {
		put_string(out, name, spec);
	} else if (IS_ERR(ptr)) {
		decimal.type = 'd';
		put_number(out, -PTR_ERR(ptr), true, &decimal);
	} else {
		put_hex(out, (unsigned long)ptr, POINTER_DIGITS, false, spec);
	}
}

static void put_phys(struct output *out, const phys_addr_t *phys, const struct spec *spec)
{
	if (bad_pointer(phys))
		put_string(out, bad_pointer(phys), spec);
	else
		put_hex(out, *phys, 16, true, spec);
}

/* %p and the letter behind it. */
static void put_pointer(struct output *out, const void *ptr, char extension,
			const struct spec *spec)
{
	switch (extension) {
	case 'S':
	case 's':
		put_symbol(out, (unsigned long)ptr, extension == 'S', spec);
		break;
	case 'a':
		put_phys(out, ptr, spec);
		break;
	case 'e':
		put_errno(out, ptr, spec);
		break;
	default:
		put_hex(out, (unsigned long)ptr, POINTER_DIGITS, false, spec);
		break;
	}
}

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
		char letters[3];
		unsigned char bytes;
	} sizes[] = {
		{ "hh", 1 },
		{ "h", 2 },
		{ "ll", 8 },
		{ "l", sizeof(long) },
		{ "z", sizeof(size_t) },
		{ "t", sizeof(ptrdiff_t) },
	};
	size_t i;

	*bytes = sizeof(int);
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		size_t len = strlen(sizes[i].letters);

		if (strncmp(fmt, sizes[i].letters, len) == 0) {
			*bytes = sizes[i].bytes;
			return fmt + len;
		}
	}
	return fmt;
}

/* Read what stands behind a %; returns the place behind the type letter. */
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

/* Print one argument. Returns the place behind the conversion, or NULL when it is unknown. */
static const char *convert(struct output *out, const char *fmt, struct arguments *args)
{
	struct spec spec;
	const char *s;
	s64 value;
	char c;

	fmt = parse_spec(fmt, &spec, args);
	switch (spec.type) {
	case '%':
		put(out, '%');
		return fmt;
	case 'c':
		c = va_arg(args->list, int);
		put_text(out, &c, 1, &spec);
		return fmt;
	case 's':
		s = va_arg(args->list, const char *);
		put_string(out, bad_pointer(s) ? bad_pointer(s) : s, &spec);
		return fmt;
	case 'p':
		put_pointer(out, va_arg(args->list, void *), *fmt, &spec);
		while (isalnum(*fmt))
			fmt++;
		return fmt;
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

int vsnprintf(char *buf, size_t size, const char *fmt, va_list list)
{
	struct output out = { .buf = buf, .size = size };
	struct arguments args;
	bool understood = true;
	const char *next;

	va_copy(args.list, list);
	while (*fmt) {
		if (*fmt == '%' && understood) {
			next = convert(&out, fmt + 1, &args);
			understood = next != NULL;
			if (understood) {
				fmt = next;
				continue;
			}
		}
		put(&out, *fmt++);
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
