/* SPDX-License-Identifier: MIT */
/*
 * arm's relocations: instructions whose encoding the manual gives, before and after. The addend is
 * in the instruction; a branch has -8 there, because it counts from behind itself.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/sizes.h>
#include <kernel/module/tests/relocate_one.h>

#define CALL 28
#define MOVW 43
#define MOVT 44

static void branches_hold_distances(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, relocate_at(CALL, 0xebfffffe, 0, 16), 0xeb000002U);
	KUNIT_EXPECT_EQ(test, relocate_at(CALL, 0xebfffffe, 0, 0), 0xebfffffeU);
	KUNIT_EXPECT_EQ(test, relocate_at(29, 0x1afffffe, 0, -4), 0x1afffffdU);   /* bne */
	KUNIT_EXPECT_EQ(test, relocate_at(CALL, 0xeb000000, 0, 16), 0xeb000004U); /* addend 0 */
}

static void branches_reach_32_mib(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, relocate_at(CALL, 0xebfffffe, 0, SZ_32M + 4), 0xeb7fffffU);
	KUNIT_EXPECT_EQ(test, relocate_at(CALL, 0xebfffffe, 0, 8 - (long)SZ_32M), 0xeb800000U);
	KUNIT_EXPECT_EQ(test, veneers_used(), 0U);
	/* Farther: to the veneer behind the code, which holds the address. */
	KUNIT_EXPECT_EQ(test, relocate_at(CALL, 0xebfffffe, 0, SZ_32M + 8),
			0xeb000000U | (64 - 8) / 4);
	KUNIT_EXPECT_EQ(test, veneers_used(), 1U);
	KUNIT_EXPECT_EQ(test, veneer_word(0), 0xe51ff004U);
	KUNIT_EXPECT_EQ(test, veneer_address(1), place_address() + SZ_32M + 8);
}

static void halves_make_an_address(struct kunit *test)
{
	long to = 0x12345678 - place_address();

	KUNIT_EXPECT_EQ(test, relocate_at(MOVW, 0xe3000000, 0, to), 0xe3050678U);
	KUNIT_EXPECT_EQ(test, relocate_at(MOVT, 0xe3400000, 0, to), 0xe3410234U);
	/* Addend -1, in bytes as movw's: the upper half is one less when the lower is 0. */
	KUNIT_EXPECT_EQ(test, relocate_at(MOVT, 0xe34f0fff, 0, 0x20000 - place_address()),
			0xe3400001U);
	KUNIT_EXPECT_EQ(test, relocate_at(45, 0xe3000000, 0, 0x8123), 0xe3080123U);
}

static void data_holds_addresses(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, relocate_at(2, 5, 0, 0), (u32)place_address() + 5);
	KUNIT_EXPECT_EQ(test, relocate_at(3, 4, 0, -16), 0xfffffff4U);
	KUNIT_EXPECT_EQ(test, relocate_at(42, 0x80000004, 0, 16), 0x80000014U); /* bit 31 stays */
	KUNIT_EXPECT_STREQ(test, refusal_at(42, 0, 0, SZ_1G), "the target is out of reach");
	KUNIT_EXPECT_STREQ(test, refusal_at(CALL, 0xebfffffe, 0, 6), "the target is not aligned");
	KUNIT_EXPECT_EQ(test, relocate_at(40, 0xe12fff1e, 0, 99), 0xe12fff1eU); /* bx lr */
}

static const struct kunit_case module_arch_cases[] = {
	KUNIT_CASE(branches_hold_distances),
	KUNIT_CASE(branches_reach_32_mib),
	KUNIT_CASE(halves_make_an_address),
	KUNIT_CASE(data_holds_addresses),
	{},
};

static const struct kunit_suite module_arch = {
	.name = "module_arch",
	.cases = module_arch_cases,
};
kunit_test_suite(module_arch);
