/* SPDX-License-Identifier: MIT */
/*
 * Buffered input and output. A FILE is for one direction only. Standard output is flushed when
 * its buffer is full, by fflush() and by exit(), not at each newline; standard error is flushed
 * at each newline.
 */
#pragma once

#include <stdarg.h>
#include <stddef.h>
#include <sys/types.h>

#define EOF    (-1)
#define BUFSIZ 1024

typedef struct FILE FILE;

extern FILE *const stdin;
extern FILE *const stdout;
extern FILE *const stderr;

/* Open a file; mode is "r", "w" or "a". NULL and errno on failure. */
FILE *fopen(const char *path, const char *mode);
int fclose(FILE *f);

/* Write out what is buffered. 0, or EOF and errno when anything since the opening failed. */
int fflush(FILE *f);

/* The next byte, or EOF. */
int getc(FILE *f);
int putc(int c, FILE *f);
int putchar(int c);
int fputs(const char *s, FILE *f);
int puts(const char *s);
size_t fwrite(const void *data, size_t size, size_t n, FILE *f);

/*
 * Read a line with its newline into *line, a malloc()ed buffer of *size bytes that grows as
 * needed (start with NULL and 0). Returns its length, or -1 at the end of the file or, as ferror()
 * tells, when the file cannot be read or the line does not fit into memory.
 */
ssize_t getline(char **line, size_t *size, FILE *f);

/* Whether reading failed (and did not just end). */
int ferror(FILE *f);

/* Its descriptor. */
int fileno(FILE *f);

/*
 * Formats are the kernel's (kernel/lib/vsprintf.h) without the extensions behind %p. Returns the
 * number of characters of the whole result, or EOF when it could not be written.
 */
int printf(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
int fprintf(FILE *f, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
int snprintf(char *buf, size_t size, const char *fmt, ...) __attribute__((format(printf, 3, 4)));
int vfprintf(FILE *f, const char *fmt, va_list args) __attribute__((format(printf, 2, 0)));
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args)
	__attribute__((format(printf, 3, 0)));
