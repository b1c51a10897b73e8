/* SPDX-License-Identifier: MIT */
/*
 * Numbers from text, sorting, the environment.
 */
#include <ctype.h>
#include <errno.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int digit_value(char c)
{
	if (isdigit(c))
		return c - '0';
	c |= 'a' ^ 'A';
	return c >= 'a' && c <= 'z' ? c - 'a' + 10 : 36;
}

unsigned long strtoul(const char *s, char **end, int base)
{
	unsigned long value = 0;
	bool overflow = false;

	if ((base == 0 || base == 16) && s[0] == '0' && (s[1] | 0x20) == 'x' &&
	    digit_value(s[2]) < 16) {
		base = 16;
		s += 2;
	} else if (base == 0) {
		base = *s == '0' ? 8 : 10;
	}
	for (; digit_value(*s) < base; s++) {
		overflow |= __builtin_mul_overflow(value, base, &value);
		overflow |= __builtin_add_overflow(value, digit_value(*s), &value);
	}
	if (end)
		*end = (char *)s;
	if (!overflow)
		return value;
	errno = ERANGE;
	return ULONG_MAX;
}

long strtol(const char *s, char **end, int base)
{
	const char *start = s;
	char *behind;
	unsigned long value;
	bool negative;

	while (isspace(*s))
		s++;
	negative = *s == '-';
	if (*s == '-' || *s == '+')
		s++;
	value = strtoul(s, &behind, base);
	if (end)
		*end = behind == s ? (char *)start : behind;
	if (value > LONG_MAX) {
		errno = ERANGE;
		return negative ? LONG_MIN : LONG_MAX;
	}
	return negative ? -value : value;
}

int atoi(const char *s)
{
	return strtol(s, NULL, 10);
}

static void swap(char *a, char *b, size_t size)
{
	while (size--) {
		char byte = *a;

		*a++ = *b;
		*b++ = byte;
	}
}

/* An insertion sort: short, stable, and quick enough for the names in a directory. */
void qsort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *))
{
	char *items = base;

	for (size_t i = 1; i < n; i++)
		for (char *p = items + i * size; p > items && compare(p - size, p) > 0; p -= size)
			swap(p - size, p, size);
}

char *getenv(const char *name)
{
	size_t n = strlen(name);

	for (char **e = environ; *e; e++)
		if (!strncmp(*e, name, n) && (*e)[n] == '=')
			return *e + n + 1;
	return NULL;
}
