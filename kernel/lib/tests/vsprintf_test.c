/* SPDX-License-Identifier: MIT */
/*
 * Formatted text: every conversion, flag and pointer extension, and what happens at the buffer's
 * end.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/err.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>

/*
 * Not marked __printf: the compiler would warn of formats that are odd on purpose, and of what C
 * leaves undefined but Linux defines.
 */
static void check(struct kunit *test, const char *expected, const char *fmt, ...)
{
	char buf[128];
	va_list args;
	int len;

	va_start(args, fmt);
	len = vsnprintf(buf, sizeof(buf), fmt, args);
	va_end(args);
	KUNIT_EXPECT_STREQ(test, buf, expected);
	KUNIT_EXPECT_EQ(test, len, (int)strlen(expected));
}

static void vsprintf_integers(struct kunit *test)
{
	check(test, "plain", "plain");
	check(test, "100%", "100%%");
	check(test, "0 -1 2147483647 -2147483648", "%d %i %d %d", 0, -1, 2147483647,
	      -2147483647 - 1);
	check(test, "4294967295", "%u", ~0U);
	check(test, "dead BEEF", "%x %X", 0xdead, 0xbeef);
	check(test, "777", "%o", 0777);
	check(test, "18446744073709551615", "%llu", ~0ULL);
	check(test, "-9223372036854775808", "%lld", -9223372036854775807LL - 1);
	check(test, "1777777777777777777777", "%llo", ~0ULL);
	check(test, "ffffffffffffffff", "%llx", ~0ULL);
	check(test, "-1 255 -1 65535", "%hhd %hhu %hd %hu", 0x1ff, 0x1ff, 0x1ffff, 0x1ffff);
	check(test, "-5 5 -5 5", "%ld %lu %td %zu", -5L, 5UL, (ptrdiff_t)-5, (size_t)5);
	check(test, "1 123456789012 2", "%d %lld %d", 1, 123456789012LL, 2);
}

static void vsprintf_flags_and_width(struct kunit *test)
{
	check(test, "[   42][42   ][00042]", "[%5d][%-5d][%05d]", 42, 42, 42);
	check(test, "[  -42][-42  ][-0042]", "[%5d][%-5d][%05d]", -42, -42, -42);
	check(test, "[+42][ 42][+42]", "[%+d][% d][%+d]", 42, 42, 42);
	check(test, "[-42][-42]", "[%+d][% d]", -42, -42);
	check(test, "0xff 0XFF 0377 0x0 0", "%#x %#X %#o %#x %#o", 255, 255, 255, 0, 0);
	check(test, "[0x0000ff][  0xff][0xff  ]", "[%#08x][%#6x][%-#6x]", 255, 255, 255);
	check(test, "[  007][007  ][-007]", "[%5.3d][%-5.3d][%.3d]", 7, 7, -7);
	check(test, "[  007]", "[%05.3d]", 7);
	check(test, "[0]", "[%.0d]", 0);
	check(test, "[   42][42   ][042]", "[%*d][%*d][%.*d]", 5, 42, -5, 42, 3, 42);
	check(test, "[42]", "[%.*d]", -1, 42);
	check(test, "1234567", "%3d", 1234567);
	/* The size column of /proc/vmallocinfo. */
	check(test, "   8192 268439552", "%7ld %7ld", 8192L, 268439552L);
}

static void vsprintf_text(struct kunit *test)
{
	static const char unterminated[3] = { 'a', 'b', 'c' };

	check(test, "[abc][  abc][abc  ]", "[%s][%5s][%-5s]", "abc", "abc", "abc");
	check(test, "[ab][   ab][ab   ]", "[%.2s][%5.2s][%-5.2s]", "abc", "abc", "abc");
	check(test, "[abc][]", "[%.3s][%.0s]", unterminated, unterminated);
	check(test, "[x][  x][x  ]", "[%c][%3c][%-3c]", 'x', 'x', 'x');
	check(test, "(null) (efault) (efault)", "%s %s %s", (char *)NULL, (char *)16,
	      (char *)ERR_PTR(-ENOMEM));
}

static void vsprintf_nul_character(struct kunit *test)
{
	char buf[4] = "###";
	int len = snprintf(buf, sizeof(buf), "%ca", '\0');

	KUNIT_EXPECT_EQ(test, len, 2);
	KUNIT_EXPECT_EQ(test, buf[0], '\0');
	KUNIT_EXPECT_EQ(test, buf[1], 'a');
}

static void vsprintf_unknown(struct kunit *test)
{
	check(test, "5 %y %d", "%d %y %d", 5, 6, 7);
	check(test, "5%", "%d%", 5);
	check(test, "%-08l", "%-08l");
}

static int stub_symbolize(char *buf, size_t size, unsigned long addr, bool offset)
{
	if (!offset)
		return scnprintf(buf, size, "setup_arch");
	return scnprintf(buf, size, "setup_arch+0x%lx/0x80", addr & 0xff);
}

static void vsprintf_pointers(struct kunit *test)
{
	phys_addr_t phys = 0x4010000000;
	void *ptr = (void *)0xc0de1234UL;

	if (sizeof(void *) == 8) {
		check(test, "00000000c0de1234 00000000c0de1234", "%px %p", ptr, ptr);
		check(test, "0x00000000c0de1234", "%pa", &(phys_addr_t){ 0xc0de1234 });
		check(test, "0000000000000000", "%p", NULL);
	} else {
		check(test, "c0de1234 c0de1234", "%px %p", ptr, ptr);
		check(test, "00000000", "%p", NULL);
	}
	check(test, "0x0000004010000000,", "%pa,", &phys);
	check(test, "0x0000004010000000 7", "%pap %d", &phys, 7);
	check(test, "(null) (efault)", "%pa %pa", NULL, ERR_PTR(-EINVAL));
	check(test, "-ENOMEM -EPROBE_DEFER -2000", "%pe %pe %pe", ERR_PTR(-ENOMEM),
	      ERR_PTR(-EPROBE_DEFER), ERR_PTR(-2000));
	check(test, "-ETIMEDOUT -EPERM", "%pe %pe", ERR_PTR(-ETIMEDOUT), ERR_PTR(-EPERM));
	check(test, sizeof(void *) == 8 ? "00000000c0de1234" : "c0de1234", "%pe", ptr);
}

/* The kernel's own symbolizer is put back afterwards: this test runs there, too. */
static void vsprintf_symbols(struct kunit *test)
{
	symbolize_t *previous = vsprintf_set_symbolizer(NULL);
	void *ptr = (void *)0xc0de1234UL;

	check(test, sizeof(void *) == 8 ? "0x00000000c0de1234" : "0xc0de1234", "%pS", ptr);
	vsprintf_set_symbolizer(stub_symbolize);
	check(test, "setup_arch+0x34/0x80", "%pS", ptr);
	check(test, "setup_arch!", "%ps!", ptr);
	check(test, "[  setup_arch][setup_arch  ]", "[%12ps][%-12ps]", ptr, ptr);
	vsprintf_set_symbolizer(previous);
}

static void vsprintf_bounds(struct kunit *test)
{
	static const char text[] = "ab1234";
	char buf[8];
	int size, stored, len;

	for (size = 0; size <= (int)sizeof(buf); size++) {
		stored = size == 0 ? 0 : size > 6 ? 6 : size - 1;
		memset(buf, '#', sizeof(buf));
		len = snprintf(buf, size, "%s%d", "ab", 1234);
		KUNIT_EXPECT_EQ(test, len, 6);
		KUNIT_EXPECT_EQ(test, memcmp(buf, text, stored), 0);
		KUNIT_EXPECT_EQ(test, buf[stored], size ? '\0' : '#');
		if (size < (int)sizeof(buf))
			KUNIT_EXPECT_EQ(test, buf[size], '#');
		len = scnprintf(buf, size, "%s%d", "ab", 1234);
		KUNIT_EXPECT_EQ(test, len, stored);
	}
	len = snprintf(NULL, 0, "%10d", 1);
	KUNIT_EXPECT_EQ(test, len, 10);
}

static void vsprintf_huge_counts(struct kunit *test)
{
	static const char *const formats[] = { "%99999999999d", "%.99999999999d", "%-*d" };
	const int lowest = -0x7fffffff - 1;
	char buf[4];
	size_t i;

	for (i = 0; i < ARRAY_SIZE(formats); i++) {
		KUNIT_EXPECT_GT(test, snprintf(buf, sizeof(buf), formats[i], lowest, 1), 4096);
		KUNIT_EXPECT_EQ(test, buf[3], '\0');
	}
}

/* No limit, in other words. */
static void vsprintf_generous_precision(struct kunit *test)
{
	check(test, "text", "%.*s", 0x7fffffff, "text");
	check(test, "text", "%.*s", -1, "text");
}

static const struct kunit_case vsprintf_cases[] = {
	KUNIT_CASE(vsprintf_integers),
	KUNIT_CASE(vsprintf_flags_and_width),
	KUNIT_CASE(vsprintf_text),
	KUNIT_CASE(vsprintf_nul_character),
	KUNIT_CASE(vsprintf_unknown),
	KUNIT_CASE(vsprintf_pointers),
	KUNIT_CASE(vsprintf_symbols),
	KUNIT_CASE(vsprintf_bounds),
	KUNIT_CASE(vsprintf_huge_counts),
	KUNIT_CASE(vsprintf_generous_precision),
	{},
};

static const struct kunit_suite vsprintf_suite = {
	.name = "vsprintf",
	.cases = vsprintf_cases,
};
kunit_test_suite(vsprintf_suite);
