/* SPDX-License-Identifier: MIT */
/*
 * The order of stores and flushes when a slot of the window for high memory changes hands, which
 * only the log of host.h tells.
 */
#include <asm/mmu_context.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <mm/highmem.h>
#include <mm/memblock.h>
#include <mm/tests/mapping_check.h>
#include <mm/tests/table_log.h>

#define NR_HIGH_PAGES 16

/* In the place of arch/arm/context.c. */
void sync_kernel_entries(unsigned long addr, unsigned long end)
{
	host_note(HOST_NOTE, "copy", addr, end);
}

/* The last pages of the host's arena are called high. */
static void __attribute__((constructor)) boot(void)
{
	static char ram[16 * PAGE_SIZE] __aligned(PAGE_SIZE);

	memblock_add(__pa(ram), sizeof(ram));
	kmap_init();
}

static int make_high_memory(struct kunit *test)
{
	max_low_pfn -= NR_HIGH_PAGES;
	return 0;
}

static void make_it_low_again(struct kunit *test)
{
	max_low_pfn += NR_HIGH_PAGES;
}

/* The first user's store can be walked; the last one's is forgotten before the slot is free. */
static void slot_changes_hands_in_order(struct kunit *test)
{
	struct page *page = pfn_to_page(max_low_pfn);
	unsigned long addr;

	host_reset();
	addr = (unsigned long)kmap(page);
	KUNIT_EXPECT_STREQ(test, host_log(), "make, vmap");
	KUNIT_EXPECT_EQ(test, translate(addr).phys, page_to_phys(page));
	host_reset();
	KUNIT_EXPECT_EQ(test, (unsigned long)kmap_local_page(page), addr);
	kunmap_local((void *)addr);
	KUNIT_EXPECT_STREQ(test, host_log(), "");
	kunmap(page);
	KUNIT_EXPECT_STREQ(test, host_log(), "vunmap, clear, tlb");
	KUNIT_EXPECT_TRUE(test, host_was_flushed(addr, addr + PAGE_SIZE));
	expect_hole(test, addr, addr + PAGE_SIZE);
	expect_no_mistake(test);
}

static const struct kunit_case highmem_order_cases[] = {
	KUNIT_CASE(slot_changes_hands_in_order),
	{},
};

static const struct kunit_suite highmem_order_suite = {
	.name = "highmem_order",
	.init = make_high_memory,
	.exit = make_it_low_again,
	.cases = highmem_order_cases,
};
kunit_test_suite(highmem_order_suite);
