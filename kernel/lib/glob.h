/* SPDX-License-Identifier: MIT */
/* Shell-style patterns. Linux counterpart: include/linux/glob.h, lib/glob.c */
#pragma once

#include <kernel/lib/types.h>

/*
 * True when pat matches all of str. `*` is any run, `?` any one character, `[a-z]` one of a class,
 * `[!a-z]` one outside it, a backslash takes the next character literally; neither `/` nor a
 * leading dot is special. A `[` that is never closed matches itself. Time is at most the product
 * of the lengths. Any context.
 */
bool glob_match(const char *pat, const char *str);
