/* SPDX-License-Identifier: MIT */
/*
 * Strings and bytes, one plain loop each: userland moves too little to need more. Built with
 * -fno-builtin, or the compiler would recognise memset's loop and replace it by a call of memset.
 */
#include <stdlib.h>
#include <string.h>

void *memcpy(void *to, const void *from, size_t n)
{
	return memmove(to, from, n);
}

void *memmove(void *to, const void *from, size_t n)
{
	const char *src = from;
	char *dst = to;

	if (dst <= src) {
		while (n--)
			*dst++ = *src++;
	} else {
		while (n--)
			dst[n] = src[n];
	}
	return to;
}

void *memset(void *to, int byte, size_t n)
{
	char *dst = to;

	while (n--)
		*dst++ = byte;
	return to;
}

int memcmp(const void *a, const void *b, size_t n)
{
	const unsigned char *x = a;
	const unsigned char *y = b;

	for (; n--; x++, y++)
		if (*x != *y)
			return *x - *y;
	return 0;
}

size_t strlen(const char *s)
{
	const char *end = s;

	while (*end)
		end++;
	return end - s;
}

int strcmp(const char *a, const char *b)
{
	return strncmp(a, b, (size_t)-1);
}

int strncmp(const char *a, const char *b, size_t n)
{
	for (; n--; a++, b++)
		if (*a != *b || !*a)
			return (unsigned char)*a - (unsigned char)*b;
	return 0;
}

char *strchr(const char *s, int c)
{
	for (; *s != (char)c; s++)
		if (!*s)
			return NULL;
	return (char *)s;
}

char *strrchr(const char *s, int c)
{
	const char *end = s + strlen(s);

	for (; *end != (char)c; end--)
		if (end == s)
			return NULL;
	return (char *)end;
}

char *strstr(const char *s, const char *part)
{
	size_t n = strlen(part);

	for (; strncmp(s, part, n); s++)
		if (!*s)
			return NULL;
	return (char *)s;
}

size_t strcspn(const char *s, const char *stop)
{
	size_t n = 0;

	while (!strchr(stop, s[n])) /* which finds the NUL too */
		n++;
	return n;
}

char *strndup(const char *s, size_t n)
{
	char *copy = malloc(n + 1);

	if (!copy)
		return NULL;
	memcpy(copy, s, n);
	copy[n] = '\0';
	return copy;
}

char *strdup(const char *s)
{
	return strndup(s, strlen(s));
}
