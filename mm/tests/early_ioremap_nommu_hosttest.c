/* SPDX-License-Identifier: MIT */
/* Without an MMU, mapping gives back the address itself. */
#include <mm/early_ioremap.h>

#include <asm/memory.h>
#include <kernel/base/kunit.h>

static void mapping_is_the_identity_test(struct kunit *test)
{
	static char device[16] = "registers";
	char *virt = (__force char *)early_ioremap(__pa(device), sizeof(device));

	KUNIT_EXPECT_TRUE(test, virt == device);
	early_iounmap((__force void __iomem *)virt, sizeof(device));
	KUNIT_EXPECT_TRUE(test, early_memremap(__pa(device) + 3, 1) == device + 3);
	KUNIT_EXPECT_TRUE(test, early_memremap_ro(__pa(device) + 4, 1) == device + 4);
	early_memunmap(device + 3, 1);
}

static const struct kunit_case cases[] = {
	KUNIT_CASE(mapping_is_the_identity_test),
	{},
};

static const struct kunit_suite early_ioremap_nommu_suite = {
	.name = "early_ioremap_nommu",
	.cases = cases,
};
kunit_test_suite(early_ioremap_nommu_suite);
