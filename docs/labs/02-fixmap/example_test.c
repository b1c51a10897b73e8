/* SPDX-License-Identifier: MIT */
/*
 * Examples of what the fixmap does: one case for each check of the lab, named like the check. They
 * are yours to read and to extend. The grader has tests of its own, with other slots.
 *
 * The program on the host logs what is done to tables and TLB; the kernel only shows the result,
 * with a slot that boot has left free.
 */
#include <kernel/base/kunit.h>
#include <mm/fixmap.h>
#include <mm/tests/translation.h>

#define SLOT   FIX_BTMAP_END
#define DEVICE 0x09000000ULL
#define RAM    0x48000000ULL

#ifdef CONFIG_HOST
#include <host.h>

static void __attribute__((constructor)) boot(void)
{
	early_fixmap_init();
}
#endif

static void tables(struct kunit *test)
{
	KUNIT_EXPECT_EQ(test, translate(fix_to_virt(SLOT)).hole, PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, translate(fix_to_virt(FIX_BTMAP_BEGIN)).hole, PAGE_SIZE);
}

static void map(struct kunit *test)
{
	unsigned long addr = fix_to_virt(SLOT);

	set_fixmap_io(SLOT, DEVICE + 0xfe0);
	KUNIT_EXPECT_EQ(test, translate(addr).phys, DEVICE);
	KUNIT_EXPECT_EQ(test, translate(addr).memory, MEMORY_DEVICE);
	clear_fixmap(SLOT);
	KUNIT_EXPECT_EQ(test, (unsigned long)set_fixmap_offset(SLOT, RAM + 5), addr + 5);
	KUNIT_EXPECT_EQ(test, translate(addr).phys, RAM);
	KUNIT_EXPECT_EQ(test, translate(addr).memory, MEMORY_CACHED);
	clear_fixmap(SLOT);
}

static void clear(struct kunit *test)
{
	set_fixmap_io(SLOT, DEVICE);
	KUNIT_EXPECT_EQ(test, translate(fix_to_virt(SLOT)).size, PAGE_SIZE);
#ifdef CONFIG_HOST
	host_reset();
	clear_fixmap(SLOT);
	KUNIT_EXPECT_STREQ(test, host_log(), "clear, tlb");
#else
	clear_fixmap(SLOT);
#endif
	KUNIT_EXPECT_EQ(test, translate(fix_to_virt(SLOT)).size, 0UL);
}

static void busy(struct kunit *test)
{
	set_fixmap_io(SLOT, DEVICE);
	KUNIT_EXPECT_WARNING(test, set_fixmap_io(SLOT, DEVICE + PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, translate(fix_to_virt(SLOT)).phys, DEVICE);
	clear_fixmap(SLOT);
}

#ifdef CONFIG_HOST
static void clear_behind_the_last(void *unused)
{
	clear_fixmap(__end_of_fixed_addresses);
}

static void bounds(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, host_panics(clear_behind_the_last, NULL));
}

static void window(struct kunit *test)
{
	unsigned long tree;

	KUNIT_EXPECT_NULL(test, fixmap_remap_fdt(RAM + 4));
	tree = (unsigned long)fixmap_remap_fdt(RAM + 0x1238);
	KUNIT_EXPECT_EQ(test, translate(tree).phys, RAM + 0x1238);
	KUNIT_EXPECT_FALSE(test, translate(tree).write);
	KUNIT_EXPECT_EQ(test, translate(tree + MAX_FDT_SIZE - 8).phys, RAM + 0x1230 + MAX_FDT_SIZE);
}
#else /* a BUG would end the kernel, and boot has made the window */
static void bounds(struct kunit *test)
{
	kunit_skip(test, "on the host only");
}

static void window(struct kunit *test)
{
	kunit_skip(test, "on the host only");
}
#endif

static const struct kunit_case lab2_cases[] = {
	KUNIT_CASE(tables),
	KUNIT_CASE(map),
	KUNIT_CASE(clear),
	KUNIT_CASE(busy),
	KUNIT_CASE(bounds),
	KUNIT_CASE(window),
	{},
};

static const struct kunit_suite lab2 = { .name = "lab2", .cases = lab2_cases };
kunit_test_suite(lab2);
