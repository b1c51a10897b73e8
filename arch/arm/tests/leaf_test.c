/* SPDX-License-Identifier: MIT */
/*
 * What ioremap() reaches on arm from 4 GiB up, and with which leaf. A pure function, tested as
 * such.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/ioremap.h>

#define G4 0x100000000ULL

/* leaf 0: refused. */
static void leaves_by_address(struct kunit *test)
{
	static const struct {
		phys_addr_t phys;
		size_t size;
		unsigned long leaf;
	} rows[] = {
		{ G4 - SZ_4K, SZ_4K, SZ_4K },
		{ G4 - SZ_4K, SZ_4K + 1, 0 },
		{ G4 - SZ_16M, 2 * SZ_16M, 0 },
		{ G4 - SZ_16M, SZ_16M, SZ_2M },
		{ G4, SZ_16M, SZ_16M },
		{ G4, SZ_4K, 0 },
		{ G4, SZ_2M, 0 },
		{ G4, SZ_16M - SZ_4K, 0 },
		{ G4, SZ_16M - 1, SZ_16M }, /* whole pages of it are 16 MiB */
		{ G4, SZ_16M + 1, 0 },
		{ G4 + SZ_4K, SZ_16M, 0 },
		{ G4 + SZ_2M, SZ_16M, 0 },
		{ G4 + SZ_16M, 3 * SZ_16M, SZ_16M },
		{ 0xffff000000ULL, SZ_16M, SZ_16M },
		{ 0xffff000000ULL, 2 * SZ_16M, 0 },
		{ 0x10000000000ULL, SZ_16M, 0 },
		{ ~0ULL << 24, SZ_16M, 0 },
	};
	struct ioremap_plan plan;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		ioremap_plan(&plan, rows[i].phys, rows[i].size, MT_DEVICE);
		if (rows[i].leaf != (plan.refusal ? 0 : plan.leaf->size))
			KUNIT_FAIL(test, "0x%llx+0x%zx: %s", rows[i].phys, rows[i].size,
				   plan.refusal ?: plan.leaf->name);
	}
}

static const struct kunit_case leaf_cases[] = {
	KUNIT_CASE(leaves_by_address),
	{},
};

static const struct kunit_suite leaf_suite = {
	.name = "leaf",
	.cases = leaf_cases,
};
kunit_test_suite(leaf_suite);
