/* SPDX-License-Identifier: MIT */
/*
 * arm64's relocations: instructions whose encoding the manual gives, before and after. The place is
 * memory of this program, and the symbol is chosen at a distance from it.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/sizes.h>
#include <kernel/module/tests/relocate_one.h>

#define CALL26 283
#define PAGE21 275
#define ABS64  257

static void branches_hold_distances(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, relocate_at(CALL26, 0x94000000, 0, 8), 0x94000002U);
	KUNIT_EXPECT_EQ(test, relocate_at(CALL26, 0x94000000, 0, -4), 0x97ffffffU);
	KUNIT_EXPECT_EQ(test, relocate_at(282, 0x14000000, 4, 8), 0x14000003U);  /* b, addend 4 */
	KUNIT_EXPECT_EQ(test, relocate_at(280, 0x54000001, 0, 64), 0x54000201U); /* b.ne */
	KUNIT_EXPECT_EQ(test, relocate_at(279, 0x36000000, 0, 64), 0x36000200U); /* tbz */
}

static void branches_reach_128_mib(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, relocate_at(CALL26, 0x94000000, 0, SZ_128M - 4), 0x95ffffffU);
	KUNIT_EXPECT_EQ(test, relocate_at(CALL26, 0x94000000, 0, -(long)SZ_128M), 0x96000000U);
	KUNIT_EXPECT_EQ(test, veneers_used(), 0U);
	/* Farther: to the veneer behind the code, which holds the address. */
	KUNIT_EXPECT_EQ(test, relocate_at(CALL26, 0x94000000, 0, SZ_128M), 0x94000000U | 64 / 4);
	KUNIT_EXPECT_EQ(test, veneers_used(), 1U);
	KUNIT_EXPECT_EQ(test, veneer_word(0), 0x58000050U);
	KUNIT_EXPECT_EQ(test, veneer_word(1), 0xd61f0200U);
	KUNIT_EXPECT_EQ(test, veneer_address(2), place_address() + SZ_128M);
}

static void pages_and_low_bits_make_an_address(struct kunit *test)
{
	long to_page = -(long)(place_address() & 0xfff);

	KUNIT_EXPECT_EQ(test, relocate_at(PAGE21, 0x90000000, 0, to_page + 0x5123), 0xb0000020U);
	KUNIT_EXPECT_EQ(test, relocate_at(PAGE21, 0x90000000, 0, to_page - 1), 0xf0ffffe0U);
	KUNIT_EXPECT_EQ(test, relocate_at(277, 0x91000000, 0, to_page + 0x123), 0x91048c00U);
	KUNIT_EXPECT_EQ(test, relocate_at(286, 0xf9400000, 0, to_page + 0x128), 0xf9409400U);
	KUNIT_EXPECT_EQ(test, relocate_at(278, 0x39400000, 0, to_page + 0xfff), 0x397ffc00U);
	KUNIT_EXPECT_STREQ(test, refusal_at(286, 0xf9400000, 0, to_page + 0x124),
			   "the target is not aligned");
	KUNIT_EXPECT_STREQ(test, refusal_at(PAGE21, 0x90000000, 0, to_page + SZ_2G + SZ_2G),
			   "the target is out of reach");
}

static void data_holds_addresses(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, relocate_at(261, 0, 0, -16), 0xfffffff0U);
	KUNIT_EXPECT_EQ(test, relocate_at(ABS64, 0, 5, 0), (u32)(place_address() + 5));
	KUNIT_EXPECT_STREQ(test, refusal_at(261, 0, 0, SZ_2G), "the target is out of reach");
	KUNIT_EXPECT_STREQ(test, refusal_at(CALL26, 0x94000000, 0, 6), "the target is not aligned");
}

static const struct kunit_case module_arch_cases[] = {
	KUNIT_CASE(branches_hold_distances),
	KUNIT_CASE(branches_reach_128_mib),
	KUNIT_CASE(pages_and_low_bits_make_an_address),
	KUNIT_CASE(data_holds_addresses),
	{},
};

static const struct kunit_suite module_arch = {
	.name = "module_arch",
	.cases = module_arch_cases,
};
kunit_test_suite(module_arch);
