/* SPDX-License-Identifier: MIT */
/*
 * Shell-style patterns, including those that make a careless matcher exponential or read too far.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/glob.h>
#include <kernel/lib/macros.h>

static const struct {
	const char *pat;
	const char *str;
	bool matches;
} table[] = {
	{ "", "", true },
	{ "", "a", false },
	{ "a", "", false },
	{ "a", "a", true },
	{ "a", "aa", false },
	{ "?", "a", true },
	{ "?", "", false },
	{ "??", "a", false },
	{ "*", "", true },
	{ "*", "memblock", true },
	{ "**", "a", true },
	{ "mem*", "memblock", true },
	{ "mem*", "me", false },
	{ "*block", "memblock", true },
	{ "*block", "memblocks", false },
	{ "*b*k", "memblock", true },
	{ "m?m*o?k", "memblock", true },
	{ "*?", "", false },
	{ "*aab*", "aaaaab", true },
	{ "a*b*c", "a-b-b-c-b", false },
	{ "a*b*c", "a-b-b-c-b-c", true },
	{ "[a-c]x", "bx", true },
	{ "[a-c]x", "dx", false },
	{ "[!a-c]x", "dx", true },
	{ "[!a-c]x", "bx", false },
	{ "[abc]", "c", true },
	{ "[abc]", "", false },
	{ "[!a]", "", false },
	{ "[]a]", "]", true },
	{ "[]a]", "a", true },
	{ "[!]a]", "]", false },
	{ "[a-]", "-", true },
	{ "[a-]", "b", false },
	{ "[\xc0-\xff]", "\xe0", true },
	{ "[a", "[a", true },
	{ "[", "[", true },
	{ "[!", "[!", true },
	{ "[a-", "[a-", true },
	{ "[a", "a", false },
	{ "x*[0-9]", "x12", true },
	{ "\\*", "*", true },
	{ "\\*", "a", false },
	{ "\\?", "?", true },
	{ "\\[a]", "[a]", true },
	{ "\\", "\\", true },
	{ "a/*", "a/b/c", true },
	{ "*", ".hidden", true },
	{ "*a*a*a*a*a*a*a*a*a*a*a*a*b", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false },
};

static void glob_table(struct kunit *test)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		if (glob_match(table[i].pat, table[i].str) != table[i].matches)
			KUNIT_FAIL(test, "\"%s\" against \"%s\": expected %d", table[i].pat,
				   table[i].str, table[i].matches);
	}
}

static const struct kunit_case glob_cases[] = {
	KUNIT_CASE(glob_table),
	{},
};

static const struct kunit_suite glob_suite = {
	.name = "glob",
	.cases = glob_cases,
};
kunit_test_suite(glob_suite);
