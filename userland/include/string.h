/* SPDX-License-Identifier: MIT */
/*
 * Strings and bytes. Programs and the kernel share the code of all that needs no heap
 * (kernel/lib/string.c).
 */
#pragma once

#include <stddef.h>

/* The compiler calls these four by itself, for assignments of structures and the like. */
void *memcpy(void *to, const void *from, size_t n);
void *memmove(void *to, const void *from, size_t n);
void *memset(void *to, int byte, size_t n);
int memcmp(const void *a, const void *b, size_t n);

void *memchr(const void *s, int c, size_t n);

size_t strlen(const char *s);
size_t strnlen(const char *s, size_t max);
int strcmp(const char *a, const char *b);
int strncmp(const char *a, const char *b, size_t n);
char *strchr(const char *s, int c);
char *strrchr(const char *s, int c);
char *strstr(const char *s, const char *part);

/* How many characters of s come before the first of these. */
size_t strcspn(const char *s, const char *stop);

/* A copy on the heap, of n characters at most, or NULL. */
char *strdup(const char *s);
char *strndup(const char *s, size_t n);

/* The text for an error number; never NULL. */
const char *strerror(int number);
