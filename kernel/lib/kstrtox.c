/* SPDX-License-Identifier: MIT */
/*
 * Strings to numbers. One function reads digits; the strict kstrto*() family adds sign,
 * whole-string check and range, memparse() adds the size letters.
 *
 * Linux counterpart: lib/kstrtox.c, lib/cmdline.c
 */
#include <kernel/lib/ctype.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/kstrtox.h>
#include <kernel/lib/math64.h>
#include <kernel/lib/string.h>

/* Settle base 0 from the prefix and skip 0x, which counts only with a digit behind it. */
static const char *skip_prefix(const char *s, unsigned int *base)
{
	bool hex = s[0] == '0' && tolower(s[1]) == 'x' && isxdigit(s[2]);

	if (*base == 0)
		*base = hex ? 16 : s[0] == '0' ? 8 : 10;
	return hex && *base == 16 ? s + 2 : s;
}

static unsigned int digit_value(char c)
{
	if (isdigit(c))
		return c - '0';
	if (isalpha(c))
		return tolower(c) - 'a' + 10;
	return ~0U;
}

/*
 * Reads digits up to the first character that is none. Returns that place; *overflow tells whether
 * the value was cut to 64 bits.
 */
static const char *parse_digits(const char *s, unsigned int base, u64 *value, bool *overflow)
{
	u64 limit = div_u64(~0ULL, base);
	unsigned int digit;

	*value = 0;
	*overflow = false;
	for (; (digit = digit_value(*s)) < base; s++) {
		if (*value > limit || *value * base > ~0ULL - digit)
			*overflow = true;
		*value = *value * base + digit;
	}
	return s;
}

static int parse_unsigned(const char *s, unsigned int base, u64 *value)
{
	const char *digits = skip_prefix(s, &base);
	bool overflow;
	const char *end = parse_digits(digits, base, value, &overflow);

	if (end == digits)
		return -EINVAL;
	if (end[0] == '\n')
		end++;
	if (end[0])
		return -EINVAL;
	return overflow ? -ERANGE : 0;
}

/* An unsigned number of at most max. */
static int parse_up_to(const char *s, unsigned int base, u64 max, u64 *value)
{
	int ret = parse_unsigned(*s == '+' ? s + 1 : s, base, value);

	if (ret == 0 && *value > max)
		return -ERANGE;
	return ret;
}

/* A signed number from -max - 1 to max. */
static int parse_signed(const char *s, unsigned int base, u64 max, s64 *value)
{
	bool negative = *s == '-';
	u64 magnitude;
	int ret = negative ? parse_up_to(*++s == '+' ? "" : s, base, max + 1, &magnitude)
			   : parse_up_to(s, base, max, &magnitude);

	if (ret == 0)
		*value = (s64)(negative ? -magnitude : magnitude);
	return ret;
}

int kstrtoull(const char *s, unsigned int base, unsigned long long *res)
{
	u64 value;
	int ret = parse_up_to(s, base, ~0ULL, &value);

	if (ret == 0)
		*res = value;
	return ret;
}

int kstrtouint(const char *s, unsigned int base, unsigned int *res)
{
	u64 value;
	int ret = parse_up_to(s, base, ~0U, &value);

	if (ret == 0)
		*res = value;
	return ret;
}

int kstrtoint(const char *s, unsigned int base, int *res)
{
	s64 value;
	int ret = parse_signed(s, base, ~0U >> 1, &value);

	if (ret == 0)
		*res = value;
	return ret;
}

unsigned long long memparse(const char *ptr, char **retptr)
{
	static const char suffixes[] = "kmgt";
	unsigned int base = 0;
	const char *digits = skip_prefix(ptr, &base);
	const char *suffix;
	bool overflow;
	u64 value;
	const char *end = parse_digits(digits, base, &value, &overflow);

	if (end > digits && *end) {
		suffix = strchr(suffixes, tolower(*end));
		if (suffix) {
			value <<= 10 * (suffix - suffixes + 1);
			end++;
		}
	}
	if (retptr)
		*retptr = (char *)end;
	return value;
}
