/* SPDX-License-Identifier: MIT */
/*
 * Examples of what early_ioremap does: one case for each check of the lab, named like the check.
 * They are yours to read and to extend. The grader has tests of its own, with other values.
 *
 * In the kernel the entries are looked up in its tables; a program on the host records what
 * __set_fixmap() is told.
 */
#include <mm/early_ioremap.h>

#include <asm/pgtable.h>
#include <kernel/base/kunit.h>
#include <mm/fixmap.h>
#include <mm/pagewalk.h>

#define DEVICE 0x9000000ULL

#ifdef CONFIG_HOST
static pte_t entries[__end_of_fixed_addresses];

void __set_fixmap(enum fixed_addresses idx, phys_addr_t phys, pgprot_t prot)
{
	entries[idx] = pgprot_val(prot) ? pfn_pte(phys >> PAGE_SHIFT, prot) : __pte(0);
}

static pte_t entry_of(const void *virt)
{
	return entries[virt_to_fix((unsigned long)virt)];
}

static int setup(struct kunit *test)
{
	early_ioremap_init();
	return 0;
}
#else
static pte_t entry_of(const void *virt)
{
	return *kernel_pte((unsigned long)virt & PAGE_MASK);
}

static int setup(struct kunit *test)
{
	return 0; /* boot has called early_ioremap_init() */
}
#endif

static void offset(struct kunit *test)
{
	char *virt = early_memremap(DEVICE + 0xffe, 4);

	KUNIT_ASSERT_NOT_NULL(test, virt);
	KUNIT_EXPECT_EQ(test, (unsigned long)virt & ~PAGE_MASK, 0xffeUL);
	KUNIT_EXPECT_EQ(test, pte_pfn(entry_of(virt)), DEVICE >> PAGE_SHIFT);
	KUNIT_EXPECT_EQ(test, pte_pfn(entry_of(virt + 3)), (DEVICE >> PAGE_SHIFT) + 1);
	early_memunmap(virt, 4);
}

static void kinds(struct kunit *test)
{
	char *device = (__force char *)early_ioremap(DEVICE, 8),
	     *memory = early_memremap(DEVICE, 8);

	KUNIT_ASSERT_TRUE(test, device && memory && device != memory);
	KUNIT_EXPECT_NE(test, pte_val(entry_of(device)), pte_val(entry_of(memory)));
	early_iounmap((__force void __iomem *)device, 8);
	KUNIT_EXPECT_TRUE(test, pte_none(entry_of(device)));
	KUNIT_EXPECT_FALSE(test, pte_none(entry_of(memory)));
	early_memunmap(memory, 8);
}

static void slots(struct kunit *test)
{
	char *first = early_memremap(DEVICE, 1), *second = early_memremap(DEVICE, 1);

	KUNIT_ASSERT_TRUE(test, first && second);
	KUNIT_EXPECT_NE(test, first, second);
	early_memunmap(first, 1);
	KUNIT_EXPECT_EQ(test, early_memremap(DEVICE, 1), (void *)first);
	early_memunmap(first, 1);
	early_memunmap(second, 1);
}

static void refusals(struct kunit *test)
{
	void *virt = "";

	KUNIT_EXPECT_WARNING(test, virt = early_memremap(DEVICE, 0));
	KUNIT_EXPECT_NULL(test, virt);
}

static void unmap(struct kunit *test)
{
	char *virt = early_memremap(DEVICE, 100);

	KUNIT_ASSERT_NOT_NULL(test, virt);
	KUNIT_EXPECT_WARNING(test, early_memunmap(virt, 99));
	KUNIT_EXPECT_FALSE(test, pte_none(entry_of(virt)));
	early_memunmap(virt, 100);
	KUNIT_EXPECT_TRUE(test, pte_none(entry_of(virt)));
}

static void leaks(struct kunit *test)
{
	void *virt = early_memremap(DEVICE, 1);

	KUNIT_ASSERT_NOT_NULL(test, virt);
	KUNIT_EXPECT_EQ(test, early_ioremap_leak_check(), 1);
	early_memunmap(virt, 1);
	KUNIT_EXPECT_EQ(test, early_ioremap_leak_check(), 0);
}

static const struct kunit_case lab3_cases[] = {
	KUNIT_CASE(offset),
	KUNIT_CASE(kinds),
	KUNIT_CASE(slots),
	KUNIT_CASE(refusals),
	KUNIT_CASE(unmap),
	KUNIT_CASE(leaks),
	{},
};

static const struct kunit_suite lab3 = { .name = "lab3", .init = setup, .cases = lab3_cases };
kunit_test_suite(lab3);
