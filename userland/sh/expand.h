/* SPDX-License-Identifier: MIT */
/*
 * What becomes of a word before its command runs: $NAME, ${NAME}, $?, $$, $#, $0 to $9 give way to
 * their values, quotes and backslashes vanish. Inside '...' nothing has a meaning, inside "..."
 * only the dollar and the backslash. The value of a dollar outside quotes is split at its blanks
 * into several words, or none if it is empty.
 */
#pragma once

/* Expand words up to the NULL; the result ends in NULL and lives as long as the command line. */
char **expand_words(char *const *words);

/* Expand one word without splitting. */
char *expand_word(const char *word);
