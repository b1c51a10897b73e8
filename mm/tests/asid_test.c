/* SPDX-License-Identifier: MIT */
/*
 * Address space numbers: no two live ones are alike within a generation, none is the kernel's, and
 * when they have run out everything starts anew. The interrupts are off, as asid_get() wants it.
 */
#include <kernel/base/irqflags.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/string.h>
#include <mm/asid.h>

static u64 ids[3 * NUM_ASIDS];

static void numbers_are_distinct_within_a_generation(struct kunit *test)
{
	u64 generations[4] = { 0 };
	bool used[NUM_ASIDS] = { false };
	unsigned int i, n = 0, asid;
	unsigned long flags;

	local_irq_save(flags);
	for (i = 0; i < 3 * NUM_ASIDS; i++) {
		ids[i] = 0;
		asid = asid_get(&ids[i]);
		KUNIT_EXPECT_TRUE(test, asid > 0 && asid < NUM_ASIDS && asid == ASID(ids[i]));
		KUNIT_EXPECT_TRUE(test, asid_is_current(&ids[i]));
		if (!n || ids[i] - asid != generations[n - 1]) {
			KUNIT_ASSERT_TRUE(test, n < 4);
			KUNIT_EXPECT_TRUE(test, !n || ids[i] > generations[n - 1]);
			generations[n++] = ids[i] - asid;
			memset(used, 0, sizeof(used));
		}
		KUNIT_EXPECT_FALSE(test, used[asid]);
		used[asid] = true;
	}
	asid_put();
	local_irq_restore(flags);
	KUNIT_EXPECT_TRUE(test, n >= 3);
}

static void a_number_is_kept_until_its_generation_ends(struct kunit *test)
{
	u64 id = 0, none = 0, first, other;
	unsigned long flags;
	unsigned int i;

	local_irq_save(flags);
	asid_get(&id);
	first = id;
	asid_get(&id);
	KUNIT_EXPECT_EQ(test, id, first);
	for (i = 0; i < NUM_ASIDS; i++) {
		other = 0;
		asid_get(&other);
	}
	KUNIT_EXPECT_FALSE(test, asid_is_current(&first));
	KUNIT_EXPECT_TRUE(test, asid_is_current(&other));
	asid_get(&id);
	KUNIT_EXPECT_NE(test, id, first);
	KUNIT_EXPECT_TRUE(test, asid_is_current(&id));
	KUNIT_EXPECT_FALSE(test, asid_is_current(&none));
	asid_put(); /* nothing may look at id when this function has returned */
	local_irq_restore(flags);
}

static const struct kunit_case asid_cases[] = {
	KUNIT_CASE(numbers_are_distinct_within_a_generation),
	KUNIT_CASE(a_number_is_kept_until_its_generation_ends),
	{},
};

static const struct kunit_suite asid_suite = {
	.name = "asid",
	.cases = asid_cases,
};
kunit_test_suite(asid_suite);
