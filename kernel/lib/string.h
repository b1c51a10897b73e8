/* SPDX-License-Identifier: MIT */
/*
 * Memory blocks and NUL-terminated strings. strcpy(), strcat() and strlcpy() are left out on
 * purpose: they do not say when the target is too small; strscpy() does.
 *
 * Any context; nothing here allocates, sleeps or locks.
 *
 * Linux counterpart: include/linux/string.h
 */
#pragma once

#include <kernel/lib/types.h>

/* Sets n bytes of s to c; returns s. */
void *memset(void *s, int c, size_t n);

/* Copies n bytes; the blocks do not overlap. Returns dst. */
void *memcpy(void *dst, const void *src, size_t n);

/* Copies n bytes; the blocks may overlap. Returns dst. */
void *memmove(void *dst, const void *src, size_t n);

/* Below, at or above 0 as the first differing byte of a is smaller, absent or larger. */
int memcmp(const void *a, const void *b, size_t n);

/* The first byte equal to c in n bytes of s, or NULL. */
void *memchr(const void *s, int c, size_t n);

size_t strlen(const char *s);

/* As strlen(), but looks at max bytes at most and returns max when no NUL is among them. */
size_t strnlen(const char *s, size_t max);

/* Compares as unsigned bytes: below, at or above 0. */
int strcmp(const char *a, const char *b);

/* The same on the first n characters at most. */
int strncmp(const char *a, const char *b, size_t n);

/*
 * Copies src with its NUL into size bytes. Returns the length copied, or -E2BIG when src was cut
 * (the copy still ends in NUL) or size is 0 (nothing is written).
 */
ssize_t strscpy(char *dst, const char *src, size_t size);

/* First and last occurrence of c in s, or NULL. The terminating NUL counts as part of s. */
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);

/* First occurrence of needle in s, or NULL; an empty needle is found at once. */
char *strstr(const char *s, const char *needle);

/* Length of the part of s before the first character that is in reject. */
size_t strcspn(const char *s, const char *reject);

/* s without its leading white space. */
char *skip_spaces(const char *s);
