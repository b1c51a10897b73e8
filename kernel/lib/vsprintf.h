/* SPDX-License-Identifier: MIT */
/*
 * Formatted text. Conversions: %d %i %u %x %X %o %c %s %p %%, with the flags - + space # 0, width
 * and precision (also as *), and the sizes hh h l ll z t. There is no floating point and no %n.
 *
 * Pointer extensions, letters right after %p as in Linux:
 *   %pS   symbol+0xoff/0xlen    %ps   symbol     of a code address (a raw 0x address as long as
 *                                                no symbolizer is set)
 *   %pa   the phys_addr_t that the argument points to: 0x and 16 digits
 *   %pe   the name of the error in an ERR_PTR, as -ENOMEM; any other pointer as %px
 *   %px   the raw pointer, zero-padded to full width, without 0x
 *   %p    the same as %px. Linux hashes the address here to hide it from users; a teaching kernel
 *         exists to show it.
 *
 * Differences from C, as in Linux: %#x prints 0x0 for 0, %.0d prints 0 for 0. A NULL string
 * prints (null), one in the first page or an ERR_PTR (efault). From an unknown conversion on, the
 * format itself is printed, because its arguments cannot be known.
 *
 * Any context; no lock.
 *
 * Linux counterpart: lib/vsprintf.c, Documentation/core-api/printk-formats.rst
 */
#pragma once

#include <stdarg.h>

#include <kernel/lib/compiler.h>
#include <kernel/lib/types.h>

/*
 * Format into size bytes at buf; the text always ends in NUL unless size is 0. Returns the length
 * (without NUL) that the whole text has, which may be more than was stored.
 */
int vsnprintf(char *buf, size_t size, const char *fmt, va_list args) __printf(3, 0);
int snprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);

/* The same, but return the length actually stored in buf. */
int vscnprintf(char *buf, size_t size, const char *fmt, va_list args) __printf(3, 0);
int scnprintf(char *buf, size_t size, const char *fmt, ...) __printf(3, 4);

/* Writes `symbol+0xoff/0xlen`, or only `symbol` when !offset, and a NUL into size bytes at buf. */
typedef int symbolize_t(char *buf, size_t size, unsigned long addr, bool offset);

/*
 * Name the function that turns a code address into text, or NULL for none. Called once by the owner
 * of the symbol table. Returns the function that was set before.
 */
symbolize_t *vsprintf_set_symbolizer(symbolize_t *symbolize);
