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
