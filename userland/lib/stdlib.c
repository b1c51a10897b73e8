/* SPDX-License-Identifier: MIT */
/*
 * Numbers from text, sorting, the environment.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

long strtol(const char *s, char **end, int base)
{
	const char *start = s;
	const char *digits;
	unsigned long value = 0;
	int negative;

	while (isspace(*s))
		s++;
	negative = *s == '-';
	if (*s == '-' || *s == '+')
		s++;
	for (digits = s; isdigit(*s) && *s - '0' < base; s++)
		value = value * base + (*s - '0');
	if (end)
		*end = (char *)(s == digits ? start : s);
	return negative ? -value : value;
}

static int digit_value(char c)
{
	if (isdigit(c))
		return c - '0';
	c |= 'a' ^ 'A';
	return c >= 'a' && c <= 'z' ? c - 'a' + 10 : 36;
}

/* base 0 takes it from the prefix: 0x is 16, 0 is 8. What does not fit is cut. */
unsigned long strtoul(const char *s, char **end, int base)
{
	unsigned long value = 0;

	if ((base == 0 || base == 16) && s[0] == '0' && (s[1] == 'x' || s[1] == 'X')) {
		base = 16;
		s += 2;
	} else if (base == 0) {
		base = *s == '0' ? 8 : 10;
	}
	for (; digit_value(*s) < base; s++)
		value = value * base + digit_value(*s);
	if (end)
		*end = (char *)s;
	return value;
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
