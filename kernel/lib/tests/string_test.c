/* SPDX-License-Identifier: MIT */
/*
 * Memory blocks are tried at every alignment and length across the word and chunk sizes, with guard
 * bytes around them; strings by their edge cases.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/ctype.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

#define BLOCK 256
#define GUARD 0xee

static u8 target[BLOCK], expected[BLOCK], source[BLOCK];

static void fill(u8 *block, u8 seed)
{
	int i;

	for (i = 0; i < BLOCK; i++)
		block[i] = seed + 7 * i;
}

static bool same(const u8 *a, const u8 *b)
{
	int i;

	for (i = 0; i < BLOCK; i++) {
		if (a[i] != b[i])
			return false;
	}
	return true;
}

static void string_memset(struct kunit *test)
{
	size_t start, len, i;

	for (start = 0; start < 20; start++) {
		for (len = 0; len < 180; len++) {
			for (i = 0; i < BLOCK; i++) {
				bool inside = i >= start && i < start + len;

				target[i] = GUARD;
				expected[i] = inside ? 0xa5 : GUARD;
			}
			KUNIT_ASSERT_TRUE(test,
					  memset(target + start, 0x1a5, len) == target + start);
			KUNIT_ASSERT_TRUE(test, same(target, expected));
		}
	}
}

static void check_copy(struct kunit *test, size_t to, size_t from, size_t len)
{
	size_t i;

	fill(source, 1);
	fill(target, 99);
	fill(expected, 99);
	for (i = 0; i < len; i++)
		expected[to + i] = source[from + i];
	KUNIT_ASSERT_TRUE(test, memcpy(target + to, source + from, len) == target + to);
	KUNIT_EXPECT_TRUE(test, same(target, expected));
}

static void check_move(struct kunit *test, size_t to, size_t from, size_t len)
{
	size_t i;

	fill(source, 1);
	fill(target, 1);
	fill(expected, 1);
	for (i = 0; i < len; i++)
		expected[to + i] = source[from + i];
	KUNIT_ASSERT_TRUE(test, memmove(target + to, target + from, len) == target + to);
	KUNIT_EXPECT_TRUE(test, same(target, expected));
}

static void string_memcpy_memmove(struct kunit *test)
{
	static const u8 lengths[] = { 0, 1, 3, 7, 8, 9, 16, 31, 32, 33, 63, 64, 65, 100, 129 };
	size_t to, from, i;

	for (to = 0; to < 18; to++) {
		for (from = 0; from < 18; from++) {
			for (i = 0; i < ARRAY_SIZE(lengths); i++) {
				check_copy(test, to, from, lengths[i]);
				check_move(test, to, from, lengths[i]);
				check_move(test, 4 * to, 4 * from, lengths[i]);
			}
		}
	}
}

static void string_memcmp_memchr(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, memcmp("abc", "abd", 2), 0);
	KUNIT_EXPECT_LT(test, memcmp("abc", "abd", 3), 0);
	KUNIT_EXPECT_GT(test, memcmp("\xff", "\x01", 1), 0);
	KUNIT_EXPECT_GT(test, memcmp("a\0c", "a\0b", 3), 0);
	KUNIT_EXPECT_EQ(test, memcmp("a", "b", 0), 0);

	fill(source, 1);
	KUNIT_EXPECT_TRUE(test, memchr(source, 1 + 7 * 5, BLOCK) == source + 5);
	KUNIT_EXPECT_TRUE(test, memchr(source, 0x100 + 1 + 7 * 5, BLOCK) == source + 5);
	KUNIT_EXPECT_NULL(test, memchr(source, 1 + 7 * 5, 5));
}

static void string_lengths(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, strlen(""), (size_t)0);
	KUNIT_EXPECT_EQ(test, strlen("vmalloc"), (size_t)7);
	KUNIT_EXPECT_EQ(test, strnlen("vmalloc", 7), (size_t)7);
	KUNIT_EXPECT_EQ(test, strnlen("vmalloc", 3), (size_t)3);
	KUNIT_EXPECT_EQ(test, strnlen("vmalloc", 100), (size_t)7);
	KUNIT_EXPECT_EQ(test, strnlen("x", 0), (size_t)0);
	KUNIT_EXPECT_EQ(test, strcspn("a,b", ",;"), (size_t)1);
	KUNIT_EXPECT_EQ(test, strcspn("abc", ",;"), (size_t)3);
	KUNIT_EXPECT_EQ(test, strcspn("", ","), (size_t)0);
}

static void string_compare(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, strcmp("", ""), 0);
	KUNIT_EXPECT_EQ(test, strcmp("abc", "abc"), 0);
	KUNIT_EXPECT_LT(test, strcmp("ab", "abc"), 0);
	KUNIT_EXPECT_GT(test, strcmp("abc", "ab"), 0);
	KUNIT_EXPECT_GT(test, strcmp("\x80", "\x7f"), 0);
	KUNIT_EXPECT_EQ(test, strncmp("abcX", "abcY", 3), 0);
	KUNIT_EXPECT_LT(test, strncmp("abcX", "abcY", 4), 0);
	KUNIT_EXPECT_EQ(test, strncmp("ab", "ab", 100), 0);
	KUNIT_EXPECT_LT(test, strncmp("ab", "abc", 100), 0);
	KUNIT_EXPECT_GT(test, strncmp("\x80", "\x7f", 1), 0);
	KUNIT_EXPECT_EQ(test, strncmp("a", "b", 0), 0);
}

static void string_strscpy(struct kunit *test)
{
	char buf[8];

	memset(buf, '#', sizeof(buf));
	KUNIT_EXPECT_EQ(test, strscpy(buf, "four", 5), (ssize_t)4);
	KUNIT_EXPECT_STREQ(test, buf, "four");
	KUNIT_EXPECT_EQ(test, buf[5], '#');
	KUNIT_EXPECT_EQ(test, strscpy(buf, "fives", 5), (ssize_t)-E2BIG);
	KUNIT_EXPECT_STREQ(test, buf, "five");
	KUNIT_EXPECT_EQ(test, buf[5], '#');
	KUNIT_EXPECT_EQ(test, strscpy(buf, "", 1), (ssize_t)0);
	KUNIT_EXPECT_STREQ(test, buf, "");
	buf[0] = '#';
	KUNIT_EXPECT_EQ(test, strscpy(buf, "x", 0), (ssize_t)-E2BIG);
	KUNIT_EXPECT_EQ(test, buf[0], '#');
}

static void string_search(struct kunit *test)
{
	static const char path[] = "/soc/uart@9000000";

	KUNIT_EXPECT_TRUE(test, strchr(path, '/') == path);
	KUNIT_EXPECT_TRUE(test, strchr(path, '@') == path + 9);
	KUNIT_EXPECT_TRUE(test, strchr(path, '\0') == path + strlen(path));
	KUNIT_EXPECT_NULL(test, strchr(path, '!'));
	KUNIT_EXPECT_TRUE(test, strrchr(path, '/') == path + 4);
	KUNIT_EXPECT_TRUE(test, strrchr(path, '\0') == path + strlen(path));
	KUNIT_EXPECT_NULL(test, strrchr(path, '!'));
	KUNIT_EXPECT_TRUE(test, strstr(path, "uart") == path + 5);
	KUNIT_EXPECT_TRUE(test, strstr(path, "00") == path + 11);
	KUNIT_EXPECT_TRUE(test, strstr(path, "") == path);
	KUNIT_EXPECT_NULL(test, strstr(path, "uart@91"));
	KUNIT_EXPECT_NULL(test, strstr("a", "ab"));
}

static void string_trim(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, skip_spaces("  x y"), "x y");
	KUNIT_EXPECT_STREQ(test, skip_spaces("  "), "");
}

static void string_ctype(struct kunit *test)
{
	int c;

	for (c = -128; c < 256; c++) {
		bool upper = c >= 'A' && c <= 'Z', lower = c >= 'a' && c <= 'z';
		bool digit = c >= '0' && c <= '9';

		KUNIT_EXPECT_EQ(test, isupper(c), upper);
		KUNIT_EXPECT_EQ(test, islower(c), lower);
		KUNIT_EXPECT_EQ(test, isdigit(c), digit);
		KUNIT_EXPECT_EQ(test, isalnum(c), upper || lower || digit);
		KUNIT_EXPECT_EQ(test, tolower(c), upper ? c + 32 : c);
		KUNIT_EXPECT_EQ(test, isxdigit(c),
				digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'));
		KUNIT_EXPECT_EQ(test, isspace(c), c == ' ' || (c >= 9 && c <= 13));
		KUNIT_EXPECT_EQ(test, isprint(c), c >= 32 && c < 127);
	}
}

static const struct kunit_case string_cases[] = {
	KUNIT_CASE(string_memset),        KUNIT_CASE(string_memcpy_memmove),
	KUNIT_CASE(string_memcmp_memchr), KUNIT_CASE(string_lengths),
	KUNIT_CASE(string_compare),       KUNIT_CASE(string_strscpy),
	KUNIT_CASE(string_search),        KUNIT_CASE(string_trim),
	KUNIT_CASE(string_ctype),         {},
};

static const struct kunit_suite string_suite = {
	.name = "string",
	.cases = string_cases,
};
kunit_test_suite(string_suite);
