/* SPDX-License-Identifier: MIT */
/*
 * What the Tab key adds to a command line: the rest of a command's name at the start of a command,
 * the rest of a path elsewhere.
 */
#pragma once

#include <stddef.h>

/*
 * The word that ends behind length bytes of line is the start of some names. Writes to addition
 * what they have in common beyond it, and, when it is one name only, the blank that follows it (a
 * slash if it is a directory). Returns the number of names.
 */
size_t complete(const char *line, size_t length, char *addition, size_t size);

/* Prints the names, sorted, in columns. */
void list_completions(const char *line, size_t length);
