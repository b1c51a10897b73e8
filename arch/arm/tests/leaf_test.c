/* SPDX-License-Identifier: MIT */
/*
 * What ioremap() reaches on arm from 4 GiB up, and with which leaf. A pure function, tested as
 * such.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/ioremap.h>

#define G4 0x100000000ULL

/* leaf 0: refused, for the reason in which why stands. */
static void leaves_by_address(struct kunit *test)
{
	static const struct {
		phys_addr_t phys;
		size_t size;
		unsigned long leaf;
		const char *why;
	} rows[] = {
		{ 0, SZ_2M, SZ_2M },
		{ 0, SZ_16M, SZ_2M },
		{ G4 - SZ_4K, SZ_4K, SZ_4K },
		{ G4 - SZ_4K, SZ_4K + 1, 0, "crosses 4 GiB" },
		{ G4 - SZ_16M, 2 * SZ_16M, 0, "crosses 4 GiB" },
		{ G4 - SZ_16M, SZ_16M, SZ_2M },
		{ G4, SZ_16M, SZ_16M },
		{ G4, SZ_4K, 0, "only supersections" },
		{ G4, SZ_2M, 0, "only supersections" },
		{ G4, SZ_16M - SZ_4K, 0, "only supersections" },
		{ G4, SZ_16M - 1, SZ_16M }, /* whole pages of it are 16 MiB */
		{ G4, SZ_16M + 1, 0, "only supersections" },
		{ G4 + SZ_4K, SZ_16M, 0, "only supersections" },
		{ G4 + SZ_2M, SZ_16M, 0, "only supersections" },
		{ G4 + SZ_16M, 3 * SZ_16M, SZ_16M },
		{ 0xffff000000ULL, SZ_16M, SZ_16M },
		{ 0xffff000000ULL, 2 * SZ_16M, 0, "40 bits" },
		{ 0x10000000000ULL, SZ_16M, 0, "40 bits" },
		{ ~0ULL << 24, SZ_16M, 0, "40 bits" },
	};
	struct ioremap_plan plan;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		const char *why = rows[i].why ?: "";

		ioremap_plan(&plan, rows[i].phys, rows[i].size, MT_DEVICE);
		if (rows[i].leaf != (plan.refusal ? 0 : plan.leaf->size) ||
		    !strstr(plan.refusal ?: "", why))
			KUNIT_FAIL(test, "0x%llx+0x%zx: %s", rows[i].phys, rows[i].size,
				   plan.refusal ?: plan.leaf->name);
	}
}

/* Asked by the byte: the last one that a page reaches is the one below 4 GiB. */
static void border_is_at_4g_exactly(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, arch_ioremap_refusal(G4 - 1, 1));
	KUNIT_EXPECT_NULL(test, arch_ioremap_refusal(0, G4 - 1));
	KUNIT_EXPECT_NOT_NULL(test, arch_ioremap_refusal(G4, 1));
	KUNIT_EXPECT_NOT_NULL(test, arch_ioremap_refusal(G4 - 1, 2));
	KUNIT_EXPECT_NULL(test, arch_ioremap_refusal(G4, SZ_16M));
}

static const struct kunit_case leaf_cases[] = {
	KUNIT_CASE(leaves_by_address),
	KUNIT_CASE(border_is_at_4g_exactly),
	{},
};

static const struct kunit_suite leaf_suite = {
	.name = "leaf",
	.cases = leaf_cases,
};
kunit_test_suite(leaf_suite);
