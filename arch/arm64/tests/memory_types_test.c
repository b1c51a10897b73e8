/* SPDX-License-Identifier: MIT */
/*
 * A descriptor holds a number; the register MAIR_EL1 says which memory type that is. In the kernel
 * only: a host has no such register.
 */
#include <asm/pgtable.h>
#include <asm/sysreg.h>
#include <kernel/base/kunit.h>

static void memory_types_are_those_of_the_register(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, read_sysreg(mair_el1), MAIR_VALUE);
}

static const struct kunit_case memory_types_cases[] = {
	KUNIT_CASE(memory_types_are_those_of_the_register),
	{},
};

static const struct kunit_suite memory_types_suite = {
	.name = "memory_types",
	.cases = memory_types_cases,
};
kunit_test_suite(memory_types_suite);
