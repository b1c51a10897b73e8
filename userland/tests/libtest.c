/* SPDX-License-Identifier: MIT */
/*
 * The C library's own test, a program like any other: it prints a line for each fault that it
 * finds, and ends with status 1 if there was one. It runs under emulation (test_userland.py).
 */
#include <commands.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static int faults;

#define EXPECT(condition)                                              \
	do {                                                           \
		if (!(condition)) {                                    \
			printf("line %d: %s\n", __LINE__, #condition); \
			faults++;                                      \
		}                                                      \
	} while (0)

static __attribute__((format(printf, 2, 3))) int formats(const char *expected, const char *fmt, ...)
{
	char buf[64];
	va_list args;
	int n;

	va_start(args, fmt);
	n = vsnprintf(buf, sizeof(buf), fmt, args);
	va_end(args);
	return !strcmp(buf, expected) && n == (int)strlen(expected);
}

static void test_printf(void)
{
	char buf[4] = "zzz";

	EXPECT(formats("-5 5 ff FF c s %", "%d %u %x %X %c %s %%", -5, 5u, 255u, 255u, 'c', "s"));
	EXPECT(formats("-2147483648", "%d", INT32_MIN));
	EXPECT(formats("-9223372036854775808", "%lld", (long long)INT64_MIN));
	EXPECT(formats("18446744073709551615", "%llu", (unsigned long long)UINT64_MAX));
	EXPECT(formats("123456789abcdef0", "%llx", 0x123456789abcdef0ULL));
	EXPECT(formats("10000000000", "%llu", 10000000000ULL));
	EXPECT(formats("-1 4294967295", "%ld %lu", -1L, 4294967295UL));
	EXPECT(formats("   42|42   |00042|-0042", "%5d|%-5d|%05d|%05d", 42, 42, 42, -42));
	EXPECT(formats("0x1000|  0x1000", "%p|%8p", (void *)0x1000, (void *)0x1000));
	EXPECT(formats("abc|  abc|abc  ", "%.3s|%*.*s|%-5.3s", "abcdef", 5, 3, "abcd", "abcdef"));
	EXPECT(formats("0xabc", "%pc", (void *)0xab)); /* the kernel's extensions are text here */
	EXPECT(snprintf(buf, sizeof(buf), "%s", "abcdef") == 6 && !strcmp(buf, "abc"));
	EXPECT(snprintf(NULL, 0, "%d", 1234) == 4);
}

/* A text longer than any buffer on the way arrives whole, and its length is returned. */
static void test_long_text(void)
{
	char line[4000];
	FILE *f = fopen("long-text", "w");
	int fd, n;

	n = fprintf(f, "<%*d>", 3000, 7);
	EXPECT(n == 3002 && !fclose(f));
	fd = open("long-text", O_RDONLY);
	EXPECT(read(fd, line, sizeof(line)) == n);
	EXPECT(line[0] == '<' && line[1] == ' ' && line[3000] == '7' && line[3001] == '>');
	close(fd);
	unlink("long-text");
}

static void test_strings(void)
{
	char text[] = "abcdef";

	memmove(text + 1, text, 4);
	EXPECT(!strcmp(text, "aabcdf"));
	memmove(text, text + 1, 5);
	EXPECT(!strcmp(text, "abcdff"));
	EXPECT(strcmp("a", "b") < 0 && strcmp("\xff", "a") > 0 && strcmp("ab", "a") > 0);
	EXPECT(!strncmp("abc", "abd", 2) && strncmp("abc", "abd", 3) < 0);
	EXPECT(memcmp("a\0b", "a\0c", 3) < 0);
	EXPECT(strchr(text, 'd') == text + 3 && strchr(text, '\0') == text + 6);
	EXPECT(!strchr(text, 'x') && strrchr(text, 'f') == text + 5 && !strrchr(text, 'x'));
	EXPECT(strstr("aab", "ab") && strstr("a", "") && !strstr("ab", "abc"));
	EXPECT(strnlen("abc", 2) == 2 && strnlen("abc", 9) == 3);
	EXPECT(strcspn("ab c", " c") == 2 && strcspn("ab", "x") == 2 && strcspn("", "x") == 0);
	EXPECT(!strcmp(strerror(ENOENT), "No such file or directory"));
	EXPECT(!strcmp(strerror(-7), "Unknown error -7"));
}

static void test_numbers(void)
{
	char largest[24], beyond[24];
	char *end;

	EXPECT(strtol(" -12x", &end, 10) == -12 && *end == 'x');
	EXPECT(strtol("x", &end, 10) == 0 && *end == 'x');
	EXPECT(strtoul("0x1fz", &end, 0) == 0x1f && *end == 'z');
	EXPECT(strtoul("0xz", &end, 0) == 0 && *end == 'x');
	EXPECT(strtoul("017", NULL, 0) == 15 && strtoul("17", NULL, 0) == 17);

	snprintf(largest, sizeof(largest), "%lu", ULONG_MAX);
	snprintf(beyond, sizeof(beyond), "%lu0", ULONG_MAX);
	errno = 0;
	EXPECT(strtoul(largest, NULL, 10) == ULONG_MAX && errno == 0);
	EXPECT(strtoul(beyond, NULL, 10) == ULONG_MAX && errno == ERANGE);
	errno = 0;
	EXPECT(strtol(largest, NULL, 10) == LONG_MAX && errno == ERANGE);
	beyond[0] = '-';
	EXPECT(strtol(beyond, NULL, 10) == LONG_MIN);
}

/* The words that a usage asks for; options and their values are none. */
static void test_usage(void)
{
	static char *const words[] = { "a", "b", "c", NULL };
	char *const *none = words + 3, *const *one = words + 2, *const *two = words + 1;

	EXPECT(!words_refusal(none, "p") && words_refusal(one, "p"));
	EXPECT(words_refusal(none, "p A") && !words_refusal(one, "p A") &&
	       words_refusal(two, "p A"));
	EXPECT(!words_refusal(none, "p [A]") && words_refusal(two, "p [A]"));
	EXPECT(words_refusal(none, "p A...") && !words_refusal(words, "p A..."));
	EXPECT(!words_refusal(none, "p [A]...") && !words_refusal(words, "p [A]..."));
	EXPECT(words_refusal(one, "p A B") && !words_refusal(two, "p A B [x|y|z]"));
	EXPECT(!words_refusal(words, "p A B [x|y|z]") && words_refusal(words, "p A [B]"));
	EXPECT(words_refusal(one, "p [-a] [-b] [-n A | -B]"));
	EXPECT(!words_refusal(none, "p [-c A | B [C]...]") &&
	       !words_refusal(words, "p [-c A | B [C]...]"));
}

static int is_date(time_t t, int year, int month, int day, int weekday)
{
	struct tm tm;

	return gmtime_r(&t, &tm) == &tm && tm.tm_year + 1900 == year && tm.tm_mon + 1 == month &&
	       tm.tm_mday == day && tm.tm_wday == weekday;
}

static void test_dates(void)
{
	const time_t before = -1, beyond = 1LL << 39;
	struct tm tm;

	EXPECT(is_date(0, 1970, 1, 1, 4));
	EXPECT(is_date(951782400, 2000, 2, 29, 2));
	EXPECT(is_date(951868799, 2000, 2, 29, 2));
	EXPECT(is_date(951868800, 2000, 3, 1, 3));
	EXPECT(is_date(1709164800, 2024, 2, 29, 4));
	EXPECT(is_date(1735603200, 2024, 12, 31, 2));
	EXPECT(is_date(1735689599, 2024, 12, 31, 2));
	EXPECT(is_date(1735689600, 2025, 1, 1, 3));
	EXPECT(is_date(1795230000, 2026, 11, 21, 6));
	EXPECT(is_date(2147483647, 2038, 1, 19, 2));
	EXPECT(is_date(2147483648, 2038, 1, 19, 2));
	EXPECT(is_date(2214129599, 2040, 2, 29, 3));
	EXPECT(is_date(4107542399, 2100, 2, 28, 0));
	EXPECT(is_date(4107542400, 2100, 3, 1, 1));
	EXPECT(is_date(4294967296, 2106, 2, 7, 0));
	EXPECT(is_date(253402300799, 9999, 12, 31, 5));
	EXPECT(!gmtime_r(&before, &tm) && errno == EOVERFLOW);
	EXPECT(!gmtime_r(&beyond, &tm));
}

static int compare_numbers(const void *a, const void *b)
{
	return *(const int *)a - *(const int *)b;
}

static void test_sorting(void)
{
	int numbers[] = { 3, -1, 2, 2, 0 };

	qsort(numbers, 5, sizeof(*numbers), compare_numbers);
	EXPECT(numbers[0] == -1 && numbers[1] == 0 && numbers[2] == 2 && numbers[4] == 3);
}

/* Blocks of changing sizes, each filled with its own byte: none may disturb another. */
static void test_malloc(void)
{
	enum { SLOTS = 64 };
	static unsigned char *blocks[SLOTS];
	static size_t sizes[SLOTS];
	uint32_t random = 1;

	for (int round = 0; round < 20000; round++) {
		int slot = (random = random * 1664525 + 1013904223) >> 26;
		size_t size = random >> 8 & 0x7ff;

		for (size_t i = 0; i < sizes[slot]; i++)
			if (blocks[slot][i] != slot)
				faults++;
		if (round & 1) {
			free(blocks[slot]);
			blocks[slot] = malloc(size);
		} else {
			blocks[slot] = realloc(blocks[slot], size);
		}
		EXPECT(blocks[slot] && (uintptr_t)blocks[slot] % 16 == 0);
		memset(blocks[slot], slot, size);
		sizes[slot] = size;
	}
	EXPECT(!malloc(SIZE_MAX) && !malloc(SIZE_MAX / 2) && !calloc(SIZE_MAX / 2, 3));
}

int main(void)
{
	test_printf();
	test_long_text();
	test_strings();
	test_numbers();
	test_usage();
	test_dates();
	test_sorting();
	test_malloc();
	return faults != 0;
}
