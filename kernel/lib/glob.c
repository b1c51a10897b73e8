/* SPDX-License-Identifier: MIT */
/*
 * Shell-style patterns without recursion. Only the last `*` seen ever needs another try: whatever
 * an earlier one could have taken more of, the last one can take as well.
 *
 * Linux counterpart: lib/glob.c
 */
#include <kernel/lib/glob.h>

/*
 * Match c against the class that starts behind `[`. Returns the place behind the `]`, or NULL for
 * a class that is never closed. A `]` that comes first is a member.
 */
static const char *match_class(const char *class, unsigned char c, bool *matches)
{
	bool inverted = *class == '!';
	const char *first = class + inverted, *p = first;
	bool found = false;

	do {
		unsigned char low = *p++, high = low;

		if (low == '\0')
			return NULL;
		if (p[0] == '-' && p[1] != ']' && p[1] != '\0') {
			high = p[1];
			p += 2;
		}
		if (low <= c && c <= high)
			found = true;
	} while (*p != ']');
	*matches = found != inverted;
	return p + 1;
}

/*
 * Match c, which may be the NUL, against one element of pat. Returns the place behind it, or NULL.
 */
static const char *match_one(const char *pat, char c)
{
	const char *behind;
	bool matches;

	if (*pat == '?')
		return c ? pat + 1 : NULL;
	if (*pat == '[' && c) {
		behind = match_class(pat + 1, c, &matches);
		if (behind)
			return matches ? behind : NULL;
	}
	if (*pat == '\\' && pat[1])
		pat++;
	return *pat == c ? pat + 1 : NULL;
}

bool glob_match(const char *pat, const char *str)
{
	const char *retry_pat = NULL, *retry_str = NULL;

	for (;;) {
		const char *next;

		if (*pat == '*') {
			retry_pat = ++pat;
			retry_str = str;
			continue;
		}
		next = match_one(pat, *str);
		if (next) {
			if (*str == '\0')
				return true;
			pat = next;
			str++;
			continue;
		}
		if (!retry_pat || *retry_str == '\0')
			return false;
		pat = retry_pat;
		str = ++retry_str;
	}
}
