/* SPDX-License-Identifier: MIT */
/*
 * The engine of the printf family: a format and its arguments become characters, one at a time.
 */
#pragma once

#include <stdarg.h>

/* Where characters go; embed it in what holds the destination. */
struct sink {
	void (*put)(struct sink *sink, char c);
};

/* Returns the number of characters put. */
int format(struct sink *sink, const char *fmt, va_list args) __attribute__((format(printf, 2, 0)));
