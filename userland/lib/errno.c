/* SPDX-License-Identifier: MIT */
/*
 * Texts for error numbers, and the messages that end in one.
 */
#include <err.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const struct {
	int number;
	const char *text;
} errors[] = {
#define ERRNO(name, number, text) { number, text },
#include <errno.def>
#undef ERRNO
};

const char *strerror(int number)
{
	static char unknown[sizeof("Unknown error -2147483648")];

	for (size_t i = 0; i < sizeof(errors) / sizeof(errors[0]); i++)
		if (errors[i].number == number)
			return errors[i].text;
	snprintf(unknown, sizeof(unknown), "Unknown error %d", number);
	return unknown;
}

static void message(const char *reason, const char *fmt, va_list args)
{
	fflush(stdout);
	fprintf(stderr, "%s: ", program_invocation_short_name);
	vfprintf(stderr, fmt, args);
	if (reason)
		fprintf(stderr, ": %s", reason);
	putc('\n', stderr);
}

void warn(const char *fmt, ...)
{
	const char *reason = strerror(errno);
	va_list args;

	va_start(args, fmt);
	message(reason, fmt, args);
	va_end(args);
}

void warnx(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	message(NULL, fmt, args);
	va_end(args);
}

void err(int status, const char *fmt, ...)
{
	const char *reason = strerror(errno);
	va_list args;

	va_start(args, fmt);
	message(reason, fmt, args);
	va_end(args);
	exit(status);
}

void errx(int status, const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	message(NULL, fmt, args);
	va_end(args);
	exit(status);
}
