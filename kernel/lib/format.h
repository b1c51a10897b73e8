/* SPDX-License-Identifier: MIT */
/*
 * What every conversion of a format ends in: text and numbers in fields, put into a buffer that
 * may be too small. The kernel and the programs in user mode share this file, its header and
 * vsprintf.c. What %p prints differs: the kernel's put_pointer() is in kernel/lib/pointer.c, the
 * one of programs in userland/lib/pointer.c.
 *
 * Any context; no lock.
 *
 * Linux counterpart: lib/vsprintf.c (string(), number(), pointer())
 */
#pragma once

#include <kernel/lib/types.h>

/* The text so far. len goes on counting when size is reached. */
struct output {
	char *buf;
	size_t size;
	size_t len;
};

/* One conversion: %[flags][width][.precision][size]type. precision -1: none given. */
struct spec {
	bool left, plus, space, alternate, zero;
	int width;
	int precision;
	unsigned int bytes;
	char type;
};

#define POINTER_DIGITS ((int)(2 * sizeof(void *)))

/* Adds len characters. */
void put_run(struct output *out, const char *text, size_t len);

/* Adds len characters in a field of spec->width. */
void put_text(struct output *out, const char *text, int len, const struct spec *spec);

/*
 * Adds a string in a field. At most spec->precision characters of it are read. NULL prints (null),
 * a pointer that bad_pointer() knows prints (efault).
 */
void put_string(struct output *out, const char *s, const struct spec *spec);

/* Adds a number as spec asks: blanks, sign or prefix, zeros, digits, blanks. */
void put_number(struct output *out, u64 value, bool negative, const struct spec *spec);

/* Adds value with `digits` hexadecimal digits at least, in the field of spec. */
void put_hex(struct output *out, u64 value, int digits, bool with_0x, const struct spec *spec);

/*
 * Returns the text for a pointer that cannot be read, or NULL for any other: the first page and
 * ERR_PTRs are not objects.
 */
const char *bad_pointer(const void *ptr);

/*
 * Adds a pointer argument. extension is the text behind the %p in the format. Returns the place
 * behind the letters that it used.
 */
const char *put_pointer(struct output *out, const void *ptr, const char *extension,
			const struct spec *spec);
