/* SPDX-License-Identifier: MIT */
/*
 * Examples of what unmapping does: one case for each check of the lab, named like the check. They
 * are yours to read and to extend. The grader has tests of its own, with other ranges.
 *
 * The program on the host logs what is done to tables and TLB; the kernel only shows the result.
 */
#include <kernel/base/kunit.h>
#include <mm/ioremap.h>
#include <mm/tests/translation.h>
#include <mm/vmalloc.h>
#include <mm/vmap_range.h>

#define DEVICE 0x10000000ULL

#ifdef CONFIG_HOST
#include <host.h>
#include <kernel/sched/sched.h>
#include <mm/memblock.h>

static void __attribute__((constructor)) make_machine(void)
{
	static struct task_struct task;

	host_current = &task;
	memblock_add(0x40000000, SZ_512M);
	vmalloc_init();
}
#endif

static bool is_mapped(const void __iomem *io)
{
	return translate((unsigned long)io).size;
}

static void clear(struct kunit *test)
{
	void __iomem *io = ioremap(DEVICE, 3 * PAGE_SIZE);
	unsigned long addr = (unsigned long)io;

	KUNIT_ASSERT_NOT_NULL(test, io);
	vunmap_range(addr + PAGE_SIZE, addr + 2 * PAGE_SIZE);
	KUNIT_EXPECT_TRUE(test, is_mapped(io));
	KUNIT_EXPECT_FALSE(test, is_mapped(io + PAGE_SIZE));
	KUNIT_EXPECT_TRUE(test, is_mapped(io + 2 * PAGE_SIZE));
	iounmap(io);
}

static void order(struct kunit *test)
{
	void __iomem *io = ioremap(DEVICE, PAGE_SIZE);

	KUNIT_ASSERT_NOT_NULL(test, io);
#ifdef CONFIG_HOST
	host_reset();
	iounmap(io);
	KUNIT_EXPECT_STREQ(test, host_log(), "vunmap, clear, tlb");
#else
	iounmap(io);
#endif
	KUNIT_EXPECT_FALSE(test, is_mapped(io));
}

static void large(struct kunit *test)
{
	void __iomem *io = ioremap(DEVICE, SZ_2M);

	KUNIT_ASSERT_NOT_NULL(test, io);
	KUNIT_EXPECT_TRUE(test, is_mapped(io + SZ_1M));
	iounmap(io);
	KUNIT_EXPECT_FALSE(test, is_mapped(io));
	KUNIT_EXPECT_FALSE(test, is_mapped(io + SZ_1M));
}

/* Named otherwise than the check, whose name is that of the function. */
static void way_back(struct kunit *test)
{
	void __iomem *io = ioremap(DEVICE + 0x123, 4);

	KUNIT_ASSERT_NOT_NULL(test, io);
	KUNIT_EXPECT_WARNING(test, iounmap(io + PAGE_SIZE));
	KUNIT_EXPECT_TRUE(test, is_mapped(io));
	iounmap(io);
	KUNIT_EXPECT_FALSE(test, is_mapped(io));
	KUNIT_EXPECT_NULL(test, find_vm_area((__force const void *)io));
}

static const struct kunit_case lab10_cases[] = {
	KUNIT_CASE(clear),
	KUNIT_CASE(order),
	KUNIT_CASE(large),
	{ .run_case = way_back, .name = "iounmap" },
	{},
};

static const struct kunit_suite lab10 = { .name = "lab10", .cases = lab10_cases };
kunit_test_suite(lab10);
