/* SPDX-License-Identifier: MIT */
/*
 * Strings to numbers: what is accepted, what is refused and why, and that a refusal writes nothing.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/kstrtox.h>
#include <kernel/lib/macros.h>

#define UNTOUCHED 0x5a5a5a5a5a5a5a5aULL

static void kstrtox_ull(struct kunit *test)
{
	static const struct {
		const char *text;
		unsigned int base;
		int ret;
		unsigned long long value;
	} table[] = {
		{ "0", 0, 0, 0 },
		{ "42", 0, 0, 42 },
		{ "+42", 0, 0, 42 },
		{ "42\n", 0, 0, 42 },
		{ "042", 0, 0, 34 },
		{ "0x9000000", 0, 0, 0x9000000 },
		{ "0Xff", 0, 0, 255 },
		{ "ff", 16, 0, 255 },
		{ "0xff", 16, 0, 255 },
		{ "0x1g", 0, -EINVAL, 0 },
		{ "101", 2, 0, 5 },
		{ "z", 36, 0, 35 },
		{ "18446744073709551615", 10, 0, 18446744073709551615ULL },
		{ "0xffffffffffffffff", 0, 0, 18446744073709551615ULL },
		{ "18446744073709551616", 10, -ERANGE, 0 },
		{ "0x10000000000000000", 0, -ERANGE, 0 },
		{ "99999999999999999999999", 10, -ERANGE, 0 },
		{ "99999999999999999999999x", 10, -EINVAL, 0 },
		{ "", 0, -EINVAL, 0 },
		{ "\n", 0, -EINVAL, 0 },
		{ "+", 0, -EINVAL, 0 },
		{ "-1", 0, -EINVAL, 0 },
		{ "--1", 0, -EINVAL, 0 },
		{ "0x", 0, -EINVAL, 0 },
		{ "0x", 16, -EINVAL, 0 },
		{ "089", 0, -EINVAL, 0 },
		{ " 1", 0, -EINVAL, 0 },
		{ "1 ", 0, -EINVAL, 0 },
		{ "1\n\n", 0, -EINVAL, 0 },
		{ "1\n2", 0, -EINVAL, 0 },
		{ "2", 2, -EINVAL, 0 },
		{ "0x10", 10, -EINVAL, 0 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		unsigned long long value = UNTOUCHED;
		int ret = kstrtoull(table[i].text, table[i].base, &value);

		if (ret != table[i].ret || value != (ret ? UNTOUCHED : table[i].value))
			KUNIT_FAIL(test, "\"%s\" base %u: %d, %llu", table[i].text, table[i].base,
				   ret, value);
	}
}

static void kstrtox_int(struct kunit *test)
{
	int value = 0;

	KUNIT_EXPECT_EQ(test, kstrtoint("2147483647", 10, &value), 0);
	KUNIT_EXPECT_EQ(test, value, 2147483647);
	KUNIT_EXPECT_EQ(test, kstrtoint("-2147483648", 10, &value), 0);
	KUNIT_EXPECT_EQ(test, value, -2147483647 - 1);
	KUNIT_EXPECT_EQ(test, kstrtoint("-0x10", 0, &value), 0);
	KUNIT_EXPECT_EQ(test, value, -16);
	value = 77;
	KUNIT_EXPECT_EQ(test, kstrtoint("2147483648", 10, &value), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtoint("-2147483649", 10, &value), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtoint("-+1", 10, &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtoint("+-1", 10, &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, kstrtoint("-", 10, &value), -EINVAL);
	KUNIT_EXPECT_EQ(test, value, 77);
}

static void kstrtox_widths(struct kunit *test)
{
	unsigned long long wide = 0;
	unsigned int uint = 0;

	KUNIT_EXPECT_EQ(test, kstrtouint("4294967295", 10, &uint), 0);
	KUNIT_EXPECT_EQ(test, uint, 4294967295U);
	KUNIT_EXPECT_EQ(test, kstrtouint("4294967296", 10, &uint), -ERANGE);
	KUNIT_EXPECT_EQ(test, kstrtou64("0xffffffffffffffff", 0, &wide), 0);
	KUNIT_EXPECT_EQ(test, wide, ~0ULL);
}

static void kstrtox_memparse(struct kunit *test)
{
	static const struct {
		const char *text;
		unsigned long long value;
		const char *rest;
	} table[] = {
		{ "64", 64, "" },
		{ "512M", 512ULL << 20, "" },
		{ "4k", 4096, "" },
		{ "0x10K", 16384, "" },
		{ "3G@0x80000000", 3ULL << 30, "@0x80000000" },
		{ "1t,", 1ULL << 40, "," },
		{ "16MB", 16ULL << 20, "B" },
		{ "7x", 7, "x" },
		{ "0xg", 0, "xg" },
		{ "M", 0, "M" },
		{ "", 0, "" },
		{ "-1", 0, "-1" },
	};
	size_t i;
	char *rest;

	for (i = 0; i < ARRAY_SIZE(table); i++) {
		KUNIT_EXPECT_EQ(test, memparse(table[i].text, &rest), table[i].value);
		KUNIT_EXPECT_STREQ(test, rest, table[i].rest);
	}
	KUNIT_EXPECT_EQ(test, memparse("2K", NULL), 2048ULL);
}

static const struct kunit_case kstrtox_cases[] = {
	KUNIT_CASE(kstrtox_ull),
	KUNIT_CASE(kstrtox_int),
	KUNIT_CASE(kstrtox_widths),
	KUNIT_CASE(kstrtox_memparse),
	{},
};

static const struct kunit_suite kstrtox_suite = {
	.name = "kstrtox",
	.cases = kstrtox_cases,
};
kunit_test_suite(kstrtox_suite);
