/* SPDX-License-Identifier: MIT */
/*
 * Buffered files: a system call costs hundreds of instructions, a byte from a buffer a few.
 *
 * Standard error's text is written when its buffer is full or a line ends, so that a message of
 * several pieces still reaches the console as one write.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct FILE {
	int fd;
	bool by_line; /* a newline flushes */
	int error;    /* errno of the first failure */
	int pos;      /* of the next byte in buf */
	int end;      /* reading: of the bytes in buf; writing: unused */
	char *buf;    /* BUFSIZ bytes */
};

/* Apart from the initialised structures, because there the buffers would fill the file. */
static char buffers[3][BUFSIZ];

static struct FILE standard_input = { .fd = STDIN_FILENO, .buf = buffers[0] };
static struct FILE standard_output = { .fd = STDOUT_FILENO, .buf = buffers[1] };
static struct FILE standard_error = { .fd = STDERR_FILENO, .buf = buffers[2], .by_line = true };

FILE *const stdin = &standard_input;
FILE *const stdout = &standard_output;
FILE *const stderr = &standard_error;

FILE *fopen(const char *path, const char *mode)
{
	int flags = *mode == 'r' ? O_RDONLY : O_WRONLY | O_CREAT;
	FILE *f = calloc(1, sizeof(*f) + BUFSIZ);

	if (!f)
		return NULL;
	f->buf = (char *)(f + 1);
	if (*mode != 'r')
		flags |= *mode == 'a' ? O_APPEND : O_TRUNC;
	f->fd = open(path, flags | O_CLOEXEC, 0666);
	if (f->fd < 0) {
		free(f);
		return NULL;
	}
	return f;
}

/* What a reader has in its buffer is not to be written. */
int fclose(FILE *f)
{
	int result = f->end ? 0 : fflush(f);

	if (close(f->fd))
		result = EOF;
	free(f);
	return result;
}

int fflush(FILE *f)
{
	for (int done = 0; done < f->pos && !f->error;) {
		ssize_t n = write(f->fd, f->buf + done, f->pos - done);

		if (n < 0)
			f->error = errno;
		else
			done += n;
	}
	f->pos = 0;
	if (!f->error)
		return 0;
	errno = f->error;
	return EOF;
}

int ferror(FILE *f)
{
	return f->error;
}

int fileno(FILE *f)
{
	return f->fd;
}

int putc(int c, FILE *f)
{
	f->buf[f->pos++] = c;
	if (f->pos == BUFSIZ || (f->by_line && c == '\n'))
		return fflush(f) ? EOF : (unsigned char)c;
	return (unsigned char)c;
}

int putchar(int c)
{
	return putc(c, stdout);
}

size_t fwrite(const void *data, size_t size, size_t n, FILE *f)
{
	const char *bytes = data;

	for (size_t i = 0; i < size * n; i++)
		putc(bytes[i], f);
	return f->error ? 0 : n;
}

int fputs(const char *s, FILE *f)
{
	return fwrite(s, 1, strlen(s), f) || !*s ? 0 : EOF;
}

int puts(const char *s)
{
	fputs(s, stdout);
	return putc('\n', stdout);
}

/* What is longer than buf is formatted a second time, on the heap. */
int vfprintf(FILE *f, const char *fmt, va_list args)
{
	char buf[256], *text = buf;
	va_list again;
	int n;

	va_copy(again, args);
	n = vsnprintf(buf, sizeof(buf), fmt, args);
	if (n >= (int)sizeof(buf)) {
		text = malloc(n + 1);
		if (text)
			vsnprintf(text, n + 1, fmt, again);
		else
			f->error = ENOMEM;
	}
	va_end(again);
	if (text)
		fwrite(text, 1, n, f);
	if (text != buf)
		free(text);
	return f->error ? EOF : n;
}

int fprintf(FILE *f, const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vfprintf(f, fmt, args);
	va_end(args);
	return n;
}

int printf(const char *fmt, ...)
{
	va_list args;
	int n;

	va_start(args, fmt);
	n = vfprintf(stdout, fmt, args);
	va_end(args);
	return n;
}

int getc(FILE *f)
{
	if (f->pos == f->end) {
		ssize_t n = read(f->fd, f->buf, BUFSIZ);

		if (n < 0)
			f->error = errno;
		if (n <= 0)
			return EOF;
		f->pos = 0;
		f->end = n;
	}
	return (unsigned char)f->buf[f->pos++];
}

ssize_t getline(char **line, size_t *size, FILE *f)
{
	size_t n = 0;
	int c;

	while ((c = getc(f)) != EOF) {
		if (n + 2 > *size) {
			size_t larger = *size ? 2 * *size : 128;
			char *buf = realloc(*line, larger);

			if (!buf) { /* or it would look like the end of the file */
				f->error = errno;
				return -1;
			}
			*line = buf;
			*size = larger;
		}
		(*line)[n++] = c;
		if (c == '\n')
			break;
	}
	if (!n)
		return -1;
	(*line)[n] = '\0';
	return n;
}
