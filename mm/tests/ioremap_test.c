/* SPDX-License-Identifier: MIT */
/*
 * ioremap() and iounmap() from the call to the descriptors, which translate() reads as the
 * hardware would. The addresses are holes of the machine: mapped, never touched.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/fail_alloc.h>
#include <mm/ioremap.h>
#include <mm/tests/mapping_check.h>
#include <mm/tests/vmap_area_check.h>
#include <mm/vmalloc.h>

#define LOW_PHYS       0x10000000ULL /* in reach of every leaf but a supersection */
#define STATIC_IO_PHYS 0x0a000000ULL /* 16 KiB from here are in the static window */

static void each_call_has_its_memory_type(struct kunit *test)
{
	const struct {
		void __iomem *(*call)(phys_addr_t phys, size_t size);
		enum memory_kind memory;
	} calls[] = {
		{ ioremap, MEMORY_DEVICE },       { ioremap_nocache, MEMORY_DEVICE },
		{ ioremap_wc, MEMORY_NONCACHED }, { ioremap_wt, wt_memory_kind },
		{ ioremap_cache, MEMORY_CACHED },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(calls); i++) {
		void __iomem *pages = calls[i].call(LOW_PHYS, 3 * PAGE_SIZE);
		void __iomem *large = calls[i].call(LOW_PHYS, SZ_2M);

		KUNIT_ASSERT_TRUE(test, pages && large);
		expect_io(test, pages, LOW_PHYS, 3 * PAGE_SIZE, calls[i].memory);
		expect_io(test, large, LOW_PHYS, SZ_2M, calls[i].memory);
		iounmap(large);
		iounmap(pages);
	}
}

/* Each function records its caller and the physical address: vmallocinfo shows both. */
static void caller_is_recorded(struct kunit *test)
{
	void __iomem *(*const calls[])(phys_addr_t phys, size_t size) = {
		ioremap, ioremap_nocache, ioremap_wc, ioremap_wt, ioremap_cache,
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(calls); i++) {
		void __iomem *io = calls[i](LOW_PHYS + 0x678, 4);
		const struct vm_struct *area = find_vm_area((__force const void *)io);

		KUNIT_ASSERT_NOT_NULL(test, area);
		/* This function made the call. */
		KUNIT_EXPECT_LT(test,
				(unsigned long)area->caller - (unsigned long)caller_is_recorded,
				(unsigned long)SZ_4K);
		KUNIT_EXPECT_EQ(test, area->phys_addr, LOW_PHYS);
		iounmap(io);
	}
}

/* A range in the machine's static window is answered from it: no record, and iounmap() keeps it. */
static void static_window_answers(struct kunit *test)
{
	unsigned long before = fingerprint();
	void __iomem *io = ioremap(STATIC_IO_PHYS + 0x1204, 0x200);

	KUNIT_EXPECT_EQ(test, (unsigned long)io, STATIC_IO_BASE + 0x1204);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
	iounmap(io);
	io = ioremap_nocache(STATIC_IO_PHYS, SZ_16K);
	KUNIT_EXPECT_EQ(test, (unsigned long)io, STATIC_IO_BASE);
	iounmap(io);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
	/* Another type is another mapping. */
	io = ioremap_wc(STATIC_IO_PHYS, 4);
	KUNIT_ASSERT_NOT_NULL(test, io);
	KUNIT_EXPECT_NE(test, (unsigned long)io, STATIC_IO_BASE);
	KUNIT_EXPECT_NE(test, fingerprint(), before);
	iounmap(io);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}

static void offset_is_kept(struct kunit *test)
{
	void __iomem *io = ioremap(LOW_PHYS + 0x678, 0x1000);

	KUNIT_ASSERT_NOT_NULL(test, io);
	KUNIT_EXPECT_EQ(test, (unsigned long)io & ~PAGE_MASK, 0x678UL);
	expect_io(test, io, LOW_PHYS, 2 * PAGE_SIZE, MEMORY_DEVICE);
	expect_hole(test, ((unsigned long)io & PAGE_MASK) + 2 * PAGE_SIZE,
		    ((unsigned long)io & PAGE_MASK) + 3 * PAGE_SIZE);
	iounmap(io);
}

/* Guards are holes; one area goes, its neighbours stay. */
static void neighbours_are_unharmed(struct kunit *test)
{
	const unsigned long size[] = { PAGE_SIZE, 3 * PAGE_SIZE, 2 * PAGE_SIZE };
	unsigned long addr[ARRAY_SIZE(size)];
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(size); i++) {
		addr[i] = (unsigned long)ioremap(LOW_PHYS + i * SZ_1M, size[i]);
		KUNIT_ASSERT_TRUE(test, addr[i] != 0);
	}
	for (i = 0; i < ARRAY_SIZE(size); i++)
		expect_hole(test, addr[i] + size[i], addr[i] + size[i] + PAGE_SIZE);
	iounmap((void __iomem *)addr[1]);
	expect_hole(test, addr[1], addr[1] + size[1]);
	for (i = 0; i < ARRAY_SIZE(size); i += 2) {
		expect_io(test, (void __iomem *)addr[i], LOW_PHYS + i * SZ_1M, size[i],
			  MEMORY_DEVICE);
		iounmap((void __iomem *)addr[i]);
		expect_hole(test, addr[i], addr[i] + size[i]);
	}
}

/* Each size and address gets the leaves that the rule allows, or is refused as a whole. */
static void leaves_follow_the_rule(struct kunit *test)
{
	static const struct {
		phys_addr_t phys;
		u64 size;
	} ranges[] = {
		{ LOW_PHYS, SZ_2M },
		{ LOW_PHYS, SZ_2M - SZ_4K },
		{ LOW_PHYS, SZ_2M + SZ_4K },
		{ LOW_PHYS + SZ_1M, SZ_2M },
		{ LOW_PHYS + SZ_4K, SZ_4M },
		{ LOW_PHYS + SZ_2M, SZ_4M + SZ_2M },
		{ LOW_PHYS, SZ_16M },
		{ HOLE_PHYS, SZ_16M },
		{ HOLE_PHYS + SZ_16M, 3 * SZ_16M },
		{ 0x5a12000000ULL, SZ_16M },
		{ HOLE_PHYS, SZ_16M - SZ_4K },
		{ HOLE_PHYS, SZ_1G },
		{ HOLE_PHYS, SZ_1G - SZ_4K },
		{ HOLE_PHYS, SZ_1G + SZ_2M + SZ_4K },
		{ HOLE_PHYS - SZ_2M - SZ_4K, SZ_1G },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(ranges); i++) {
		unsigned long size = ranges[i].size, addr;
		struct ioremap_plan plan;

		ioremap_plan(&plan, ranges[i].phys, size, MT_DEVICE);
		addr = (unsigned long)ioremap(ranges[i].phys, size);
		/* The one reason to fail that is no refusal: arm's address space is small. */
		KUNIT_EXPECT_TRUE(test, plan.refusal ? !addr : addr || size >= SZ_1G);
		if (!addr)
			continue;
		expect_io(test, (void __iomem *)addr, ranges[i].phys, size, MEMORY_DEVICE);
		expect_hole(test, addr + size, addr + size + PAGE_SIZE);
		iounmap((void __iomem *)addr);
		expect_hole(test, addr, addr + size);
	}
}

/* Pages leave an empty table behind, large leaves take its place, and pages come back. */
static void leaves_of_both_kinds_in_turn(struct kunit *test)
{
	static const unsigned long sizes[] = { SZ_2M - SZ_4K, SZ_2M, SZ_2M - SZ_4K };
	unsigned long first = 0, before = fingerprint();
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		phys_addr_t phys = LOW_PHYS + i * SZ_4M;
		void __iomem *io = ioremap(phys, sizes[i]);

		KUNIT_ASSERT_NOT_NULL(test, io);
		first = first ?: (unsigned long)io;
		KUNIT_EXPECT_EQ(test, (unsigned long)io, first);
		expect_io(test, io, phys, sizes[i], MEMORY_DEVICE);
		iounmap(io);
		expect_hole(test, first, first + SZ_2M);
	}
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}

/* All of an area or nothing, and only what ioremap() gave. */
static void iounmap_takes_only_what_ioremap_gave(struct kunit *test)
{
	unsigned long start = (unsigned long)ioremap(LOW_PHYS, 3 * PAGE_SIZE), before;
	void *memory = vmalloc(PAGE_SIZE);
	const unsigned long wrong[] = {
		0,           start + PAGE_SIZE, start + 3 * PAGE_SIZE,
		PAGE_OFFSET, ~0UL & PAGE_MASK,  (unsigned long)memory,
	};
	unsigned int i;

	KUNIT_ASSERT_TRUE(test, start && memory);
	before = fingerprint();
	for (i = 0; i < ARRAY_SIZE(wrong); i++)
		KUNIT_EXPECT_WARNING(test, iounmap((void __iomem *)wrong[i]));
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
	expect_io(test, (void __iomem *)start, LOW_PHYS, 3 * PAGE_SIZE, MEMORY_DEVICE);

	iounmap((void __iomem *)(start + 0xffc));
	expect_hole(test, start, start + 4 * PAGE_SIZE);
	before = fingerprint();
	KUNIT_EXPECT_WARNING(test, iounmap((void __iomem *)start));
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
	vfree(memory);
}

/* Large leaves, there and back: where they were no table is left. */
static void drop_tables(void)
{
	iounmap(ioremap(LOW_PHYS, SZ_16M));
}

/*
 * Every allocation on the way fails in turn, until none is left to fail. Tables that were made
 * until then may stay, so areas and translations tell whether something was left.
 */
static void expect_failures_to_leave_nothing(struct kunit *test, phys_addr_t phys,
					     void (*fail_after)(unsigned int n),
					     unsigned int wanted)
{
	unsigned long before = fingerprint(), addr = 0;
	unsigned int failures;

	for (failures = 0; !addr; failures += !addr) {
		drop_tables();
		fail_after(failures + 1);
		addr = (unsigned long)ioremap(phys, SZ_16M - SZ_4K);
		fail_after(0);
		KUNIT_ASSERT_TRUE(test, addr || fingerprint() == before);
		KUNIT_ASSERT_TRUE(test, failures < 20);
	}
	KUNIT_EXPECT_TRUE(test, failures >= wanted);
	expect_io(test, (void __iomem *)addr, phys, SZ_16M - SZ_4K, MEMORY_DEVICE);
	iounmap((void __iomem *)addr);
	expect_hole(test, addr, addr + SZ_16M);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}

/* An area is one record, 16 MiB of pages have 8 tables. */
static void failures_leave_nothing(struct kunit *test)
{
	if (leaf_types[0].size == PAGE_SIZE) {
		kunit_skip(test, "without large leaves no table is dropped");
		return;
	}
	expect_failures_to_leave_nothing(test, LOW_PHYS + SZ_4K, kmalloc_fail_after, 1);
	expect_failures_to_leave_nothing(test, LOW_PHYS + SZ_4K, page_alloc_fail_after, 8);
}

static unsigned int hooked_maps, hooked_unmaps;

static void __iomem *count_map(phys_addr_t phys, size_t size, unsigned int mtype,
			       const void *caller)
{
	hooked_maps++;
	return __ioremap_caller(phys, size, mtype, caller);
}

static void count_unmap(volatile void __iomem *addr)
{
	hooked_unmaps++;
	__iounmap(addr);
}

/* A platform may stand in front of both ways. */
static void hooks_are_asked(struct kunit *test)
{
	__typeof__(arch_ioremap_caller) map = arch_ioremap_caller;
	__typeof__(arch_iounmap) unmap = arch_iounmap;
	void __iomem *addr;

	hooked_maps = hooked_unmaps = 0;
	arch_ioremap_caller = count_map;
	arch_iounmap = count_unmap;
	addr = ioremap_wc(LOW_PHYS, SZ_4K);
	iounmap(addr);
	arch_ioremap_caller = map;
	arch_iounmap = unmap;
	KUNIT_EXPECT_NOT_NULL(test, addr);
	KUNIT_EXPECT_EQ(test, hooked_maps, 1U);
	KUNIT_EXPECT_EQ(test, hooked_unmaps, 1U);
}

static const struct kunit_case ioremap_cases[] = {
	KUNIT_CASE(hooks_are_asked),
	KUNIT_CASE(each_call_has_its_memory_type),
	KUNIT_CASE(caller_is_recorded),
	KUNIT_CASE(static_window_answers),
	KUNIT_CASE(offset_is_kept),
	KUNIT_CASE(neighbours_are_unharmed),
	KUNIT_CASE(leaves_follow_the_rule),
	KUNIT_CASE(leaves_of_both_kinds_in_turn),
	KUNIT_CASE(iounmap_takes_only_what_ioremap_gave),
	KUNIT_CASE(failures_leave_nothing),
	{},
};

static const struct kunit_suite ioremap_suite = {
	.name = "ioremap",
	.cases = ioremap_cases,
};
kunit_test_suite(ioremap_suite);
