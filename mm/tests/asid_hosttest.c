/* SPDX-License-Identifier: MIT */
/* What a new generation of numbers costs the TLB, which only the log of host.h tells. */
#include <host.h>
#include <kernel/base/kunit.h>
#include <mm/asid.h>

/* Before a number is given out again, the TLB forgets what was cached under it. */
static void a_generation_begins_with_a_flush(struct kunit *test)
{
	u64 first = 0, id;

	asid_get(&first);
	do {
		id = 0;
		host_reset();
		asid_get(&id);
		KUNIT_EXPECT_EQ(test, host_was_flushed(0, ~0UL), !asid_is_current(&first));
	} while (asid_is_current(&first));
	KUNIT_EXPECT_STREQ(test, host_log(), "tlb");
	asid_put();
}

static const struct kunit_case asid_flush_cases[] = {
	KUNIT_CASE(a_generation_begins_with_a_flush),
	{},
};

static const struct kunit_suite asid_flush_suite = {
	.name = "asid_flush",
	.cases = asid_flush_cases,
};
kunit_test_suite(asid_flush_suite);
