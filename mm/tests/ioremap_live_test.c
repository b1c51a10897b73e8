/* SPDX-License-Identifier: MIT */
/*
 * Mappings in use, in the kernel only: devices answer, guards and ranges that were taken back
 * fault, and a range that changes owner shows the new device. The machine is QEMU's virt, whose
 * UART and clock say who they are.
 */
#include <kernel/base/kunit.h>
#include <kernel/base/seq_buf.h>
#include <kernel/lib/string.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/ioremap.h>
#include <mm/memblock.h>
#include <mm/ptdump.h>
#include <mm/static_vm.h>
#include <mm/tests/translation.h>
#include <mm/uaccess.h>
#include <mm/vmalloc.h>

#define UART_PHYS    0x09000000ULL
#define RTC_PHYS     0x09010000ULL
#define DEVICES_PHYS 0x09000000ULL /* the 2 MiB that hold both */
#define RTC_OFFSET   0x10000
#define PERIPH_ID    0xfe0 /* PrimeCell identification, its first byte */
#define UART_ID      0x11
#define RTC_ID       0x31
#define NOBODY_PHYS  0x0b000000ULL

/* The word at addr, or all ones where nothing answers. */
static u64 peek(unsigned long addr)
{
	u64 value;

	return peek_kernel_nofault(&value, (void *)addr, 32) ? ~0ULL : value;
}

static unsigned long map(struct kunit *test, phys_addr_t phys, unsigned long size)
{
	unsigned long addr = (unsigned long)ioremap(phys, size);

	KUNIT_EXPECT_TRUE(test, addr != 0);
	return addr;
}

static void device_answers_and_guard_faults(struct kunit *test)
{
	unsigned long addr = map(test, UART_PHYS, PAGE_SIZE);

	KUNIT_EXPECT_EQ(test, peek(addr + PAGE_SIZE), ~0ULL);
	/* Last, so that its translation is still in the TLB when it is unmapped. */
	KUNIT_EXPECT_EQ(test, peek(addr + PERIPH_ID), UART_ID);
	iounmap((void __iomem *)addr);
	KUNIT_EXPECT_EQ(test, peek(addr + PERIPH_ID), ~0ULL);
}

/* One address, one device after the other; and the ways there are of all kinds. */
static void range_shows_its_new_owner(struct kunit *test)
{
	bool large_leaves = leaf_types[0].size > PAGE_SIZE;
	unsigned long addr = map(test, UART_PHYS, PAGE_SIZE), large;
	unsigned int i;

	KUNIT_EXPECT_EQ(test, peek(addr + PERIPH_ID), UART_ID);
	iounmap((void __iomem *)addr);
	KUNIT_EXPECT_EQ(test, map(test, RTC_PHYS, PAGE_SIZE), addr);
	KUNIT_EXPECT_EQ(test, peek(addr + PERIPH_ID), RTC_ID);
	iounmap((void __iomem *)addr);

	for (i = 0; i < 2; i++) {
		large = map(test, DEVICES_PHYS, SZ_2M);
		KUNIT_EXPECT_EQ(test, translate(large).size > PAGE_SIZE, large_leaves);
		KUNIT_EXPECT_EQ(test, peek(large + PERIPH_ID), UART_ID);
		KUNIT_EXPECT_EQ(test, peek(large + RTC_OFFSET + PERIPH_ID), RTC_ID);
		KUNIT_EXPECT_EQ(test, peek(large + SZ_2M), ~0ULL);
		iounmap((void __iomem *)large);
		KUNIT_EXPECT_EQ(test, peek(large + RTC_OFFSET + PERIPH_ID), ~0ULL);
		/* By pages, and shifted by the distance of the two. */
		addr = map(test, DEVICES_PHYS + RTC_OFFSET, SZ_2M - RTC_OFFSET);
		KUNIT_EXPECT_EQ(test, addr, large);
		KUNIT_EXPECT_EQ(test, translate(addr).size, PAGE_SIZE);
		KUNIT_EXPECT_EQ(test, peek(addr + PERIPH_ID), RTC_ID);
		iounmap((void __iomem *)addr);
		KUNIT_EXPECT_EQ(test, peek(addr + PERIPH_ID), ~0ULL);
	}
}

static void nobody_answers_and_nothing_breaks(struct kunit *test)
{
	unsigned long addr = map(test, NOBODY_PHYS, PAGE_SIZE);

	KUNIT_EXPECT_TRUE(test, translate(addr).size != 0);
	KUNIT_EXPECT_EQ(test, peek(addr), ~0ULL);
	KUNIT_EXPECT_EQ(test, poke_kernel_nofault((void *)addr, 1, 32), -EFAULT);
	iounmap((void __iomem *)addr);
}

/* The machine's own RAM, at each position of the request. */
static void ram_of_this_machine_is_refused(struct kunit *test)
{
	phys_addr_t start = memblock_start_of_DRAM(), end = memblock_end_of_DRAM();

	KUNIT_EXPECT_WARNING(test, KUNIT_EXPECT_NULL(test, ioremap(start, PAGE_SIZE)));
	KUNIT_EXPECT_WARNING(test,
			     KUNIT_EXPECT_NULL(test, ioremap(start - PAGE_SIZE, 2 * PAGE_SIZE)));
	KUNIT_EXPECT_WARNING(test, KUNIT_EXPECT_NULL(test, ioremap(start - SZ_2M, SZ_4M)));
	KUNIT_EXPECT_WARNING(test, KUNIT_EXPECT_NULL(test, ioremap(end - 1, 1)));
	KUNIT_EXPECT_WARNING(
		test, KUNIT_EXPECT_NULL(test, ioremap_cache(end - PAGE_SIZE, 2 * PAGE_SIZE)));
}

static void static_window_is_shared_and_stays(struct kunit *test)
{
	unsigned long first = map(test, 0x0a000000, 0x200), second = map(test, 0x0a000200, 0x200);

	KUNIT_EXPECT_EQ(test, first, STATIC_IO_BASE);
	KUNIT_EXPECT_EQ(test, second, first + 0x200);
	iounmap((void __iomem *)second);
	KUNIT_EXPECT_EQ(test, peek(first), 0x74726976); /* "virt", little endian */
	KUNIT_EXPECT_NOT_NULL(test, find_vm_area((void *)first));
}

/* --- Failures --- */

#define SNAPSHOT_SIZE SZ_64K

/* The three views of what is mapped, and the memory that is free. */
struct snapshot {
	unsigned long free;
	char areas[SNAPSHOT_SIZE], tables[SNAPSHOT_SIZE];
};

static void take(struct snapshot *snapshot)
{
	struct seq_pos area = {}, line = {};
	struct seq_buf s;

	seq_buf_init(&s, snapshot->areas, SNAPSHOT_SIZE);
	while (vmallocinfo_show(&s, &area))
		;
	seq_buf_init(&s, snapshot->tables, SNAPSHOT_SIZE);
	while (ptdump_show(&s, &line))
		;
	snapshot->free = nr_free_pages();
}

static void *use_ioremap(void)
{
	return (void __force *)ioremap(0x10001000, SZ_4M);
}

static void *use_vmalloc(void)
{
	return vmalloc(5 * PAGE_SIZE);
}

static void end_ioremap(const void *addr)
{
	iounmap((void __iomem *)addr);
}

/*
 * The rule: a table that was made stays, whether the call succeeded or not. So one call that
 * succeeds comes first, and from then on every failure must leave things as they were.
 */
static void expect_no_trace(struct kunit *test, void *(*use)(void), void (*end)(const void *addr),
			    void (*fail_after)(unsigned int n), struct snapshot *view)
{
	void *addr = use();
	unsigned int n;

	end(addr);
	take(&view[0]);
	for (n = 1, addr = NULL; !addr && n < 20; n++) {
		fail_after(n);
		addr = use();
		fail_after(0);
		if (addr)
			end(addr);
		take(&view[1]);
		KUNIT_EXPECT_EQ(test, view[1].free, view[0].free);
		KUNIT_EXPECT_EQ(test, strcmp(view[1].areas, view[0].areas), 0);
		KUNIT_EXPECT_EQ(test, strcmp(view[1].tables, view[0].tables), 0);
	}
	KUNIT_EXPECT_NOT_NULL(test, addr);
}

static void failures_leave_no_trace(struct kunit *test)
{
	struct snapshot *view = vmalloc(2 * sizeof(*view));

	KUNIT_ASSERT_NOT_NULL(test, view);
	expect_no_trace(test, use_ioremap, end_ioremap, kmalloc_fail_after, view);
	expect_no_trace(test, use_ioremap, end_ioremap, page_alloc_fail_after, view);
	expect_no_trace(test, use_vmalloc, vfree, kmalloc_fail_after, view);
	expect_no_trace(test, use_vmalloc, vfree, page_alloc_fail_after, view);
	vfree(view);
}

static const struct kunit_case ioremap_live_cases[] = {
	KUNIT_CASE(device_answers_and_guard_faults),
	KUNIT_CASE(range_shows_its_new_owner),
	KUNIT_CASE(nobody_answers_and_nothing_breaks),
	KUNIT_CASE(ram_of_this_machine_is_refused),
	KUNIT_CASE(static_window_is_shared_and_stays),
	KUNIT_CASE(failures_leave_no_trace),
	{},
};

static const struct kunit_suite ioremap_live_suite = {
	.name = "ioremap_live",
	.cases = ioremap_live_cases,
};
kunit_test_suite(ioremap_live_suite);
