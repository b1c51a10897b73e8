/* SPDX-License-Identifier: MIT */
/* The fixmap's slots, in the kernel only: the slot of early_ioremap() that nobody has. */
#include <kernel/base/kunit.h>
#include <mm/early_ioremap.h>
#include <mm/fixmap.h>
#include <mm/tests/mapping_check.h>
#include <mm/uaccess.h>

#define SLOT      FIX_BTMAP_END
#define UART_PHYS 0x09000000ULL
#define RTC_PHYS  0x09010000ULL

static void slots_and_addresses_are_one_to_one(struct kunit *test)
{
	unsigned long last = 0, addr;
	unsigned int idx;

	for (idx = 0; idx < __end_of_fixed_addresses; idx++) {
		addr = __fix_to_virt(idx);
		KUNIT_EXPECT_TRUE(test, addr >= FIXADDR_TOT_START && addr <= FIXADDR_TOP);
		KUNIT_EXPECT_TRUE(test, !idx || addr == last - PAGE_SIZE);
		KUNIT_EXPECT_EQ(test, virt_to_fix(addr), idx);
		KUNIT_EXPECT_TRUE(test, !idx || virt_to_fix(addr + PAGE_SIZE - 1) == idx);
		last = addr;
	}
	KUNIT_EXPECT_EQ(test, fix_to_virt(SLOT), __fix_to_virt(SLOT));
}

static void slot_is_mapped_and_cleared(struct kunit *test)
{
	unsigned long addr = fix_to_virt(SLOT);
	u64 value;

	expect_hole(test, addr, addr + PAGE_SIZE);
	set_fixmap_io(SLOT, UART_PHYS);
	expect_io_leaves(test, addr, UART_PHYS, PAGE_SIZE, MEMORY_DEVICE, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, peek_kernel_nofault(&value, (void *)(addr + 0xfe0), 32), 0);
	KUNIT_EXPECT_EQ(test, value, 0x11);
	clear_fixmap(SLOT);
	expect_hole(test, addr, addr + PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, peek_kernel_nofault(&value, (void *)(addr + 0xfe0), 32), -EFAULT);
}

/* The second one warns, and the first one stays. */
static void slot_in_use_is_refused(struct kunit *test)
{
	unsigned long addr = fix_to_virt(SLOT);

	set_fixmap_io(SLOT, UART_PHYS);
	KUNIT_EXPECT_WARNING(test, set_fixmap_io(SLOT, RTC_PHYS));
	expect_io_leaves(test, addr, UART_PHYS, PAGE_SIZE, MEMORY_DEVICE, PAGE_SIZE);
	clear_fixmap(SLOT);
	set_fixmap_io(SLOT, RTC_PHYS);
	expect_io_leaves(test, addr, RTC_PHYS, PAGE_SIZE, MEMORY_DEVICE, PAGE_SIZE);
	clear_fixmap(SLOT);
}

/* After boot as before: devices by way of the same slots. */
static void early_ioremap_works_late(struct kunit *test)
{
	unsigned long addr = (unsigned long)early_ioremap(UART_PHYS + 0xfe0, 0x1000);
	u64 value;

	KUNIT_ASSERT_TRUE(test, addr != 0);
	expect_io_leaves(test, addr & PAGE_MASK, UART_PHYS, 2 * PAGE_SIZE, MEMORY_DEVICE,
			 PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, peek_kernel_nofault(&value, (void *)addr, 32), 0);
	KUNIT_EXPECT_EQ(test, value, 0x11);
	early_iounmap((void __iomem *)addr, 0x1000);
	expect_hole(test, addr & PAGE_MASK, (addr & PAGE_MASK) + 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, peek_kernel_nofault(&value, (void *)addr, 32), -EFAULT);
}

static const struct kunit_case fixmap_cases[] = {
	KUNIT_CASE(slots_and_addresses_are_one_to_one),
	KUNIT_CASE(slot_is_mapped_and_cleared),
	KUNIT_CASE(slot_in_use_is_refused),
	KUNIT_CASE(early_ioremap_works_late),
	{},
};

static const struct kunit_suite fixmap_suite = {
	.name = "fixmap",
	.cases = fixmap_cases,
};
kunit_test_suite(fixmap_suite);
