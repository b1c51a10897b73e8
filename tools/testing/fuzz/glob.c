/* SPDX-License-Identifier: MIT */
/*
 * Fuzzes glob_match() with a pattern and a string, split at the first NUL. What it answers is held
 * against itself: an escaped string matches itself, and a `*` in front or behind only adds matches.
 */
#include "fuzz.h"

#include <kernel/lib/glob.h>
#include <kernel/lib/string.h>

#define MAX_LENGTH 256

static void check_escaped(const char *string)
{
	char pattern[2 * MAX_LENGTH + 1];
	size_t i = 0;
	const char *from;

	for (from = string; *from; from++) {
		pattern[i++] = '\\';
		pattern[i++] = *from;
	}
	pattern[i] = '\0';
	FUZZ_ASSERT(glob_match(pattern, string));
}

static void check_stars(const char *pattern, const char *string)
{
	char starred[MAX_LENGTH + 2];
	size_t length = strlen(pattern);

	starred[0] = '*';
	memcpy(starred + 1, pattern, length + 1);
	FUZZ_ASSERT(glob_match(starred, string));
	memcpy(starred, pattern, length);
	memcpy(starred + length, "*", 2);
	/* A backslash or a class that the pattern leaves open takes the star's meaning away. */
	FUZZ_ASSERT(memchr(pattern, '\\', length) || memchr(pattern, '[', length) ||
		    glob_match(starred, string));
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	char *pattern = fuzz_string(data, size), *string;
	size_t length = strlen(pattern);

	if (size <= MAX_LENGTH && length < size) {
		string = pattern + length + 1;
		if (glob_match(pattern, string))
			check_stars(pattern, string);
		check_escaped(string);
	}
	free(pattern);
	return 0;
}
