/* SPDX-License-Identifier: MIT */
/* The heap, the end of a program, numbers from text, sorting, the environment. */
#pragma once

#include <stddef.h>

#define EXIT_SUCCESS 0
#define EXIT_FAILURE 1

/* The heap (lib/malloc.c). NULL and errno = ENOMEM when the kernel gives no more. */
void *malloc(size_t size);
void *calloc(size_t n, size_t size);
void *realloc(void *old, size_t size);
void free(void *p);

/* Flush standard output, then _exit(status), with a message and EXIT_FAILURE if that fails. */
_Noreturn void exit(int status);

/*
 * A number at the start of the text; *end, if asked for, is left behind its last digit. Base 0
 * takes the base from the prefix: 0x is 16, 0 is 8. What does not fit gives the largest value (or
 * the smallest) and errno = ERANGE. strtoul() takes no sign and no blanks.
 */
long strtol(const char *s, char **end, int base);
unsigned long strtoul(const char *s, char **end, int base);
int atoi(const char *s);

void qsort(void *base, size_t n, size_t size, int (*compare)(const void *, const void *));

/* The value of NAME in the environment, or NULL. */
char *getenv(const char *name);
