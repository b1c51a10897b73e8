/* SPDX-License-Identifier: MIT */
/*
 * early_ioremap's slots. Nothing is read through the mappings, so the physical addresses are made
 * up; what matters is which fixmap entries exist. In the kernel they are looked up in its tables,
 * a program on the host records what __set_fixmap() is told.
 */
#include <mm/early_ioremap.h>

#include <asm/pgtable.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/fixmap.h>
#include <mm/pagewalk.h>

#ifdef CONFIG_HOST
static pte_t entries[__end_of_fixed_addresses];

void __set_fixmap(enum fixed_addresses idx, phys_addr_t phys, pgprot_t prot)
{
	entries[idx] = pgprot_val(prot) ? pfn_pte(phys >> PAGE_SHIFT, prot) : __pte(0);
}

static u64 entry_at(unsigned long addr)
{
	return pte_val(entries[virt_to_fix(addr)]);
}
#else
static u64 entry_at(unsigned long addr)
{
	return pte_val(*kernel_pte(addr));
}
#endif

#define PHYS      0x10000000ULL
#define SLOT_SIZE (NR_FIX_BTMAPS * PAGE_SIZE)

/* In the kernel the slots were set up long ago, and boot gave all of them back. */
static int setup(struct kunit *test)
{
#ifdef CONFIG_HOST
	early_ioremap_init();
#endif
	return early_ioremap_leak_check();
}

/* The pages from virt on map phys and the following, and nothing behind them is mapped. */
static void expect_mapped(struct kunit *test, const void *virt, phys_addr_t phys,
			  unsigned int pages, pgprot_t prot)
{
	unsigned long addr = (unsigned long)virt & PAGE_MASK, pfn = phys >> PAGE_SHIFT;
	unsigned int i;

	for (i = 0; i < pages; i++)
		KUNIT_EXPECT_EQ(test, entry_at(addr + i * PAGE_SIZE),
				pte_val(pfn_pte(pfn + i, prot)));
	if (pages < NR_FIX_BTMAPS)
		KUNIT_EXPECT_EQ(test, entry_at(addr + pages * PAGE_SIZE), 0);
}

static void expect_unmapped(struct kunit *test, const void *virt)
{
	unsigned long addr = (unsigned long)virt & PAGE_MASK;
	unsigned int i;

	for (i = 0; i < NR_FIX_BTMAPS; i++)
		KUNIT_EXPECT_EQ(test, entry_at(addr + i * PAGE_SIZE), 0);
}

static void offset_is_kept_and_pages_are_whole_test(struct kunit *test)
{
	void *virt = (__force void *)early_ioremap(PHYS + 0x678, 0x1000);
	unsigned long addr = (unsigned long)virt;

	KUNIT_ASSERT_NOT_NULL(test, virt);
	KUNIT_EXPECT_EQ(test, addr & ~PAGE_MASK, 0x678UL);
	KUNIT_EXPECT_TRUE(test, addr >= __fix_to_virt(FIX_BTMAP_BEGIN) &&
					addr < __fix_to_virt(FIX_BTMAP_END) + PAGE_SIZE);
	expect_mapped(test, virt, PHYS, 2, FIXMAP_PAGE_IO);
	early_iounmap((__force void __iomem *)virt, 0x1000);
	expect_unmapped(test, virt);
	KUNIT_EXPECT_EQ(test, early_ioremap_leak_check(), 0);
}

static void kinds_of_memory_test(struct kunit *test)
{
	void *rw = early_memremap(PHYS, PAGE_SIZE), *ro = early_memremap_ro(PHYS, 1);

	KUNIT_ASSERT_TRUE(test, rw && ro && rw != ro);
	expect_mapped(test, rw, PHYS, 1, FIXMAP_PAGE_NORMAL);
	expect_mapped(test, ro, PHYS, 1, FIXMAP_PAGE_RO);
	early_memunmap(rw, PAGE_SIZE);
	expect_unmapped(test, rw);
	expect_mapped(test, ro, PHYS, 1, FIXMAP_PAGE_RO);
	early_memunmap(ro, 1);
	expect_unmapped(test, ro);
}

static void every_slot_and_no_more_test(struct kunit *test)
{
	void *virt[FIX_BTMAPS_SLOTS], *ninth, *again;
	int i;

	for (i = 0; i < FIX_BTMAPS_SLOTS; i++) {
		virt[i] = early_memremap(PHYS, SLOT_SIZE);
		KUNIT_ASSERT_NOT_NULL(test, virt[i]);
	}
	for (i = 0; i < FIX_BTMAPS_SLOTS; i++)
		expect_mapped(test, virt[i], PHYS, NR_FIX_BTMAPS, FIXMAP_PAGE_NORMAL);
	KUNIT_EXPECT_WARNING(test, ninth = early_memremap(PHYS, 1));
	KUNIT_EXPECT_NULL(test, ninth);
	KUNIT_EXPECT_EQ(test, early_ioremap_leak_check(), FIX_BTMAPS_SLOTS);

	early_memunmap(virt[3], SLOT_SIZE);
	expect_unmapped(test, virt[3]);
	expect_mapped(test, virt[2], PHYS, NR_FIX_BTMAPS, FIXMAP_PAGE_NORMAL);
	expect_mapped(test, virt[4], PHYS, NR_FIX_BTMAPS, FIXMAP_PAGE_NORMAL);
	KUNIT_EXPECT_EQ(test, early_ioremap_leak_check(), FIX_BTMAPS_SLOTS - 1);
	again = early_memremap(PHYS + SLOT_SIZE, SLOT_SIZE);
	KUNIT_EXPECT_TRUE(test, again == virt[3]);
	expect_mapped(test, again, PHYS + SLOT_SIZE, NR_FIX_BTMAPS, FIXMAP_PAGE_NORMAL);

	for (i = 0; i < FIX_BTMAPS_SLOTS; i++)
		early_memunmap(virt[i], SLOT_SIZE);
	for (i = 0; i < FIX_BTMAPS_SLOTS; i++)
		expect_unmapped(test, virt[i]);
}

static void bad_ranges_are_refused_test(struct kunit *test)
{
	static const struct {
		phys_addr_t phys;
		unsigned long size;
	} bad[] = {
		{ PHYS, 0 },  { PHYS, SLOT_SIZE + 1 },   { PHYS + 1, SLOT_SIZE }, { PHYS, ~0UL },
		{ ~0ULL, 2 }, { ~0ULL - 0xfff, 0x1001 },
	};
	unsigned int i;
	void *virt;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		KUNIT_EXPECT_WARNING(test, virt = early_memremap(bad[i].phys, bad[i].size));
		KUNIT_EXPECT_NULL(test, virt);
	}
	KUNIT_EXPECT_EQ(test, early_ioremap_leak_check(), 0);
}

/* An address that no page-table entry can hold must not be cut: that would map other memory. */
static void addresses_beyond_an_entry_are_refused_test(struct kunit *test)
{
	phys_addr_t beyond = 0x100000000ULL;
	void *virt;

	while (beyond &&
	       pte_pfn(pfn_pte(beyond >> PAGE_SHIFT, FIXMAP_PAGE_IO)) == beyond >> PAGE_SHIFT)
		beyond <<= 1;
	if (!beyond) {
		kunit_skip(test, "entries hold every address");
		return;
	}
	KUNIT_EXPECT_WARNING(test, virt = early_memremap(beyond - PAGE_SIZE, PAGE_SIZE + 1));
	KUNIT_EXPECT_NULL(test, virt);
	virt = early_memremap(beyond - PAGE_SIZE, PAGE_SIZE);
	KUNIT_EXPECT_NOT_NULL(test, virt);
	expect_mapped(test, virt, beyond - PAGE_SIZE, 1, FIXMAP_PAGE_NORMAL);
	early_memunmap(virt, PAGE_SIZE);
}

static void wrong_unmaps_keep_the_slot_test(struct kunit *test)
{
	char *virt = early_memremap(PHYS + 0x100, 0x1000);

	KUNIT_ASSERT_NOT_NULL(test, virt);
	KUNIT_EXPECT_WARNING(test, early_memunmap(virt, 0xfff));
	KUNIT_EXPECT_WARNING(test, early_memunmap(virt, 0x1001));
	KUNIT_EXPECT_WARNING(test, early_memunmap(virt + 1, 0x1000));
	KUNIT_EXPECT_WARNING(test, early_memunmap(virt - 0x100, 0x1000));
	KUNIT_EXPECT_WARNING(test, early_memunmap(NULL, 0));
	expect_mapped(test, virt, PHYS, 2, FIXMAP_PAGE_NORMAL);
	KUNIT_EXPECT_EQ(test, early_ioremap_leak_check(), 1);
	early_memunmap(virt, 0x1000);
	KUNIT_EXPECT_WARNING(test, early_memunmap(virt, 0x1000));
	KUNIT_EXPECT_WARNING(test, early_memunmap(NULL, 0x1000));
	expect_unmapped(test, virt);
}

static const struct kunit_case cases[] = {
	KUNIT_CASE(offset_is_kept_and_pages_are_whole_test),
	KUNIT_CASE(kinds_of_memory_test),
	KUNIT_CASE(every_slot_and_no_more_test),
	KUNIT_CASE(bad_ranges_are_refused_test),
	KUNIT_CASE(addresses_beyond_an_entry_are_refused_test),
	KUNIT_CASE(wrong_unmaps_keep_the_slot_test),
	{},
};

static const struct kunit_suite early_ioremap_suite = {
	.name = "early_ioremap",
	.init = setup,
	.cases = cases,
};
kunit_test_suite(early_ioremap_suite);
