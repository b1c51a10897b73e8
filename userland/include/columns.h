/* SPDX-License-Identifier: MIT */
/* Lists of names on a screen. */
#pragma once

#include <stddef.h>

/* Puts n names into alphabetical order. */
void sort_names(char **names, size_t n);

/* Prints them in columns of equal width, down the columns first, on 80 characters. */
void print_columns(char **names, size_t n);
