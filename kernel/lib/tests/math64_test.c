/* SPDX-License-Identifier: MIT */
/*
 * Division is checked by its definition: quotient * divisor + remainder is the dividend, and the
 * remainder is below the divisor. The long divisions of 32-bit machines run on every machine.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/math64.h>

/* clang-format off */
static const u64 samples[] = {
	1, 2, 3, 7, 9, 10, 1000, 0x7fff, 0xffff, 0x10000, 999999937, 0x7fffffff, 0x80000000,
	0x80000001, 0xfffffffe, 0xffffffff, 0x100000000, 0x100000001, 0x123456789abcdef,
	1000000000000000003, 0x7fffffffffffffff, 0x8000000000000000, 0x8000000000000001,
	0xfffffffeffffffff, 0xffffffff00000000, 0xfffffffffffffffe, 0xffffffffffffffff,
};
/* clang-format on */

static void check_wide(struct kunit *test, u64 dividend, u64 divisor)
{
	u64 rem, other_rem;
	u64 quotient = __div64_u64_rem(dividend, divisor, &rem);

	KUNIT_EXPECT_LT(test, rem, divisor);
	KUNIT_EXPECT_EQ(test, quotient * divisor + rem, dividend);
	KUNIT_EXPECT_EQ(test, div64_u64_rem(dividend, divisor, &other_rem), quotient);
	KUNIT_EXPECT_EQ(test, other_rem, rem);
	KUNIT_EXPECT_EQ(test, div64_u64(dividend, divisor), quotient);
}

static void check_narrow(struct kunit *test, u64 dividend, u32 divisor)
{
	u32 rem, other_rem;
	u64 quotient = __div_u64_rem(dividend, divisor, &rem);

	KUNIT_EXPECT_LT(test, rem, divisor);
	KUNIT_EXPECT_EQ(test, quotient * divisor + rem, dividend);
	KUNIT_EXPECT_EQ(test, div_u64_rem(dividend, divisor, &other_rem), quotient);
	KUNIT_EXPECT_EQ(test, other_rem, rem);
	KUNIT_EXPECT_EQ(test, div_u64(dividend, divisor), quotient);
}

static void math64_division(struct kunit *test)
{
	size_t i, j;

	for (i = 0; i < ARRAY_SIZE(samples); i++) {
		for (j = 0; j < ARRAY_SIZE(samples); j++) {
			check_wide(test, samples[i], samples[j]);
			if (!upper_32_bits(samples[j]))
				check_narrow(test, samples[i], lower_32_bits(samples[j]));
		}
		check_wide(test, 0, samples[i]);
	}
}

static void math64_division_random(struct kunit *test)
{
	u64 x = 0x9e3779b97f4a7c15;
	int i;

	for (i = 0; i < 2000; i++) {
		u64 dividend, divisor;

		x = x * 6364136223846793005 + 1442695040888963407;
		dividend = x >> (i % 40);
		x = x * 6364136223846793005 + 1442695040888963407;
		divisor = (x >> (i % 63)) | 1;
		check_wide(test, dividend, divisor);
		check_narrow(test, dividend, (u32)divisor);
	}
}

static void math64_known_quotients(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, div_u64(0xffffffffffffffff, 10), 1844674407370955161ULL);
	KUNIT_EXPECT_EQ(test, div_u64(1000000000000, 1000), 1000000000ULL);
	KUNIT_EXPECT_EQ(test, div64_u64(0xfffffffffffffffe, 0xffffffffffffffff), 0ULL);
	KUNIT_EXPECT_EQ(test, div64_u64(0xffffffffffffffff, 0x100000000), 0xffffffffULL);
}

static void math64_multiply_shift(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, mul_u64_u32_shr(62500000, 16, 0), 1000000000ULL);
	KUNIT_EXPECT_EQ(test, mul_u64_u32_shr(0xffffffff, 0xffffffff, 32), 0xfffffffeULL);
	KUNIT_EXPECT_EQ(test, mul_u64_u32_shr(0x8000000000000000, 0x80000000, 31),
			0x8000000000000000ULL);
	/* The product needs 88 bits. */
	KUNIT_EXPECT_EQ(test, mul_u64_u32_shr(0x0123456789abcdef, 0x01000000, 24),
			0x0123456789abcdefULL);
	/* One second of 62.5 MHz ticks, scaled by 16 * 2^24. */
	KUNIT_EXPECT_EQ(test, mul_u64_u32_shr(62500001, 268435456, 24), 1000000016ULL);
}

static const struct kunit_case math64_cases[] = {
	KUNIT_CASE(math64_division),
	KUNIT_CASE(math64_division_random),
	KUNIT_CASE(math64_known_quotients),
	KUNIT_CASE(math64_multiply_shift),
	{},
};

static const struct kunit_suite math64_suite = {
	.name = "math64",
	.cases = math64_cases,
};
kunit_test_suite(math64_suite);
