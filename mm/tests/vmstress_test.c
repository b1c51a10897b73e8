/* SPDX-License-Identifier: MIT */
/*
 * Every scenario of vmstress passes, and does not when something is wrong: an allocation that
 * fails, an area or a page that is not given back.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/tests/vmap_area_check.h>
#include <mm/vmalloc.h>
#include <mm/vmstress.h>

#define STEPS 8

static bool run_steps(struct vmstress *run, const struct vmstress_scenario *scenario, u32 seed)
{
	unsigned int i;

	if (vmstress_begin(run, scenario, true, seed))
		for (i = 0; i < STEPS && vmstress_step(run); i++)
			;
	return vmstress_end(run);
}

static void every_scenario_passes(struct kunit *test)
{
	const struct vmstress_scenario *scenario;
	unsigned long before = fingerprint();
	struct vmstress run;
	unsigned int bits = 0;

	for (scenario = vmstress_scenarios; scenario->name; scenario++) {
		bits += scenario->bit;
		if (!run_steps(&run, scenario, 1))
			KUNIT_FAIL(test, "%s: %s", scenario->name, run.error);
		KUNIT_EXPECT_EQ(test, fingerprint(), before);
	}
	KUNIT_EXPECT_EQ(test, bits, 255);
	KUNIT_EXPECT_EQ(test, vmstress_all(), 255);
	expect_sound(test);
}

/* The n-th allocation fails: the scenario says so, and nothing is left over. */
static void no_memory_is_a_clean_failure(struct kunit *test)
{
	void (*const fail_after[])(unsigned int n) = { kmalloc_fail_after, page_alloc_fail_after };
	const struct vmstress_scenario *scenario;
	unsigned long before = fingerprint();
	struct vmstress run;
	unsigned int i;

	for (scenario = vmstress_scenarios; scenario->name; scenario++) {
		for (i = 0; i < ARRAY_SIZE(fail_after); i++) {
			fail_after[i](3);
			KUNIT_EXPECT_FALSE(test, run_steps(&run, scenario, 1));
			fail_after[i](0);
			KUNIT_EXPECT_NOT_NULL(test, run.error);
			KUNIT_EXPECT_EQ(test, fingerprint(), before);
		}
	}
}

static void the_same_seed_gives_the_same_steps(struct kunit *test)
{
	const struct vmstress_scenario *scenario = &vmstress_scenarios[3]; /* random_size */
	struct vmstress run[3];
	unsigned int i;

	for (i = 0; i < 3; i++)
		KUNIT_EXPECT_TRUE(test, run_steps(&run[i], scenario, i == 2 ? 7 : 5));
	KUNIT_EXPECT_EQ(test, run[0].random, run[1].random);
	KUNIT_EXPECT_NE(test, run[0].random, run[2].random);
	KUNIT_EXPECT_TRUE(test, run_steps(&run[0], scenario, 0));
}

static void what_is_left_behind_is_seen(struct kunit *test)
{
	struct vmstress run;
	struct page *page;
	void *area;

	KUNIT_ASSERT_TRUE(test, vmstress_begin(&run, vmstress_scenarios, true, 1));
	area = vmalloc(1);
	KUNIT_EXPECT_FALSE(test, vmstress_end(&run));
	KUNIT_EXPECT_STREQ(test, run.error, "the areas are not as before");
	vfree(area);

	KUNIT_ASSERT_TRUE(test, vmstress_begin(&run, vmstress_scenarios, true, 1));
	page = alloc_page(GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, page);
	KUNIT_EXPECT_FALSE(test, vmstress_end(&run));
	KUNIT_EXPECT_STREQ(test, run.error, "not all pages were freed");
	__free_page(page);
}

static const struct kunit_case vmstress_cases[] = {
	KUNIT_CASE(every_scenario_passes),
	KUNIT_CASE(no_memory_is_a_clean_failure),
	KUNIT_CASE(the_same_seed_gives_the_same_steps),
	KUNIT_CASE(what_is_left_behind_is_seen),
	{},
};

static const struct kunit_suite vmstress_suite = {
	.name = "vmstress",
	.cases = vmstress_cases,
};
kunit_test_suite(vmstress_suite);
