/* SPDX-License-Identifier: MIT */
/*
 * The worst TLB that the manual allows: it holds each translation that a walk has ever found, until
 * a flush drops it. Ranges are mapped and taken back at random, and all that can be walked is
 * walked. A range that is given out while this TLB leads from it to an earlier owner is a mistake,
 * also on a machine on which it is never seen.
 *
 * When an unmap flushes is not asked here, only that it is in time. A program of its own, because
 * it stands in the place of the flush.
 */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/ioremap.h>
#include <mm/memblock.h>
#include <mm/tests/mapping_check.h>
#include <mm/tests/table_log.h>
#include <mm/vmalloc.h>

#define RANGES   16
#define PHYS     0x10000000ULL
#define MAX_HELD (RANGES * 4096)

static void __attribute__((constructor)) make_machine(void)
{
	memblock_add(0x40000000, SZ_512M);
	vmalloc_init();
}

/* --- The TLB --- */

static struct {
	unsigned long addr;
	phys_addr_t phys;
} held[MAX_HELD];
static unsigned int nr_held, nr_flushes;

void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	unsigned int i, kept = 0;

	host_note(HOST_TLB, "tlb", start, end);
	nr_flushes++;
	for (i = 0; i < nr_held; i++)
		if (held[i].addr < start || held[i].addr >= end)
			held[kept++] = held[i];
	nr_held = kept;
}

/* What the TLB says of a page, or 0. */
static phys_addr_t look_up(unsigned long addr)
{
	unsigned int i;

	for (i = 0; i < nr_held; i++)
		if (held[i].addr == addr)
			return held[i].phys;
	return 0;
}

/* The first, the last and some pages of a range: the steps are those of small leaves. */
static unsigned long next_page(unsigned long pos, unsigned long size)
{
	unsigned long step = size > SZ_64K ? SZ_256K : PAGE_SIZE;

	return pos == size - PAGE_SIZE ? size : min(pos + step, size - PAGE_SIZE);
}

/* --- Ranges --- */

static struct {
	unsigned long addr, size;
	phys_addr_t phys;
} ranges[RANGES];
static u32 seed;

static unsigned int below(unsigned int limit)
{
	seed = seed * 1664525 + 1013904223;
	return (u64)(seed >> 8) * limit >> 24;
}

/* Maps something, looks at what the TLB says there, and lets the TLB have it. */
static void map(struct kunit *test, unsigned int n)
{
	unsigned long size = below(8) ? PAGE_SIZE * (1 + below(6)) : SZ_2M, pos;
	phys_addr_t phys = PHYS + (phys_addr_t)SZ_2M * below(64);
	unsigned long addr = (unsigned long)ioremap(phys, size);

	KUNIT_ASSERT_TRUE(test, addr != 0);
	ranges[n].addr = addr;
	ranges[n].size = size;
	ranges[n].phys = phys;
	for (pos = 0; pos < size; pos = next_page(pos, size)) {
		phys_addr_t stale = look_up(addr + pos);

		if (stale && stale != phys + pos) {
			KUNIT_FAIL(test, "0x%lx is 0x%llx now, and a TLB may say 0x%llx",
				   addr + pos, phys + pos, stale);
			return;
		}
		KUNIT_EXPECT_EQ(test, translate(addr + pos).phys, phys + pos);
		if (!stale && nr_held < MAX_HELD) {
			held[nr_held].addr = addr + pos;
			held[nr_held++].phys = phys + pos;
		}
	}
}

/* Takes a range back: from now on a walk finds nothing, whatever the TLB holds. */
static void unmap(struct kunit *test, unsigned int n)
{
	unsigned long pos;

	iounmap((void __iomem *)ranges[n].addr);
	for (pos = 0; pos < ranges[n].size; pos = next_page(pos, ranges[n].size))
		KUNIT_EXPECT_EQ(test, translate(ranges[n].addr + pos).size, 0UL);
	ranges[n].addr = 0;
}

static void unmap_all(struct kunit *test)
{
	unsigned int n;

	for (n = 0; n < RANGES; n++)
		if (ranges[n].addr)
			unmap(test, n);
}

static void no_range_is_reused_while_a_tlb_knows_it(struct kunit *test)
{
	unsigned int step;

	for (seed = 1; seed <= 4 && !test->failures; seed++) {
		u32 kept = seed;

		for (step = 0; step < 2000 && !test->failures; step++) {
			unsigned int n = below(RANGES);

			host_reset();
			if (ranges[n].addr)
				unmap(test, n);
			else
				map(test, n);
			KUNIT_EXPECT_EQ(test, count_log().freed_early, 0UL);
			KUNIT_EXPECT_EQ(test, count_log().replaced, 0UL);
			KUNIT_EXPECT_EQ(test, nr_held == MAX_HELD, false);
		}
		seed = kept;
	}
	unmap_all(test);
	KUNIT_EXPECT_GT(test, nr_flushes, 0U);
}

/* The space is full. One range goes, and the next request finds it, whatever it waits for. */
static void last_room_is_found(struct kunit *test)
{
	void __iomem *io[256];
	unsigned int n = 0;

	while (n < ARRAY_SIZE(io) && (io[n] = ioremap(PHYS + SZ_4K, SZ_1M)))
		n++;
	if (n == ARRAY_SIZE(io)) {
		kunit_skip(test, "this address space is too large to fill");
	} else {
		iounmap(io[n - 1]);
		io[n - 1] = ioremap(PHYS + SZ_4K, SZ_1M);
		KUNIT_ASSERT_NOT_NULL(test, io[n - 1]);
	}
	while (n--)
		iounmap(io[n]);
}

static const struct kunit_case stale_tlb_cases[] = {
	KUNIT_CASE(no_range_is_reused_while_a_tlb_knows_it),
	KUNIT_CASE(last_room_is_found),
	{},
};

static const struct kunit_suite stale_tlb_suite = {
	.name = "stale_tlb",
	.cases = stale_tlb_cases,
};
kunit_test_suite(stale_tlb_suite);
