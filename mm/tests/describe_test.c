/* SPDX-License-Identifier: MIT */
/* Whose address is this, in words: one of each kind. In the kernel only. */
#include <kernel/base/kunit.h>
#include <kernel/base/sections.h>
#include <kernel/base/seq_buf.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <mm/describe.h>
#include <mm/fixmap.h>
#include <mm/gfp.h>
#include <mm/ioremap.h>
#include <mm/pagewalk.h>
#include <mm/vmalloc.h>

static const char *describe(unsigned long addr)
{
	static char text[160];
	struct seq_buf s;

	seq_buf_init(&s, text, sizeof(text));
	describe_address(&s, addr);
	return text;
}

static void ranges_have_names(struct kunit *test)
{
	static int data = 1;
	static const int constant = 1;
	unsigned long page = __get_free_page(GFP_KERNEL);
	const struct {
		unsigned long addr;
		const char *name;
	} rows[] = {
		{ 0, "the first page: a NULL pointer" },
		{ PAGE_SIZE - 1, "the first page: a NULL pointer" },
		{ PAGE_SIZE, "user space" },
		{ TASK_SIZE - 1, "user space" },
		{ (unsigned long)describe, "kernel code" },
		{ (unsigned long)&constant, "kernel read-only data" },
		{ (unsigned long)&data, "kernel data" },
		{ page, "lowmem" },
		{ fix_to_virt(FIX_BTMAP_BEGIN), "a fixmap slot" },
		{ MODULES_VADDR, "module space" },
		{ STATIC_IO_BASE - SZ_4M, "vmalloc space, where nothing is mapped" },
		{ ~0UL, "nothing" },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(rows); i++)
		KUNIT_EXPECT_STREQ(test, describe(rows[i].addr), rows[i].name);
	free_page(page);
}

static void areas_and_guards_have_owners(struct kunit *test)
{
	unsigned long addr = (unsigned long)ioremap(0x09000000, PAGE_SIZE);
	char start[64];

	KUNIT_ASSERT_TRUE(test, addr != 0);
	snprintf(start, sizeof(start), "0x%lx-0x%lx ", addr, addr + 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, strncmp(describe(addr + 0x18), start, strlen(start)), 0);
	KUNIT_EXPECT_NOT_NULL(test, strstr(describe(addr), __func__));
	KUNIT_EXPECT_NOT_NULL(test, strstr(describe(addr + 0x18), ", physical 0x9000018"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(describe(addr + PAGE_SIZE), "the guard page of 0x"));
	KUNIT_EXPECT_NULL(test, strstr(describe(addr + PAGE_SIZE), "physical"));
	iounmap((void __iomem *)addr);
	KUNIT_EXPECT_STREQ(test, describe(addr), "vmalloc space, where nothing is mapped");
}

static void pages_mapped_by_hand_have_an_owner(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	void *addr = page ? vmap(&page, 1, VM_MAP, PAGE_KERNEL) : NULL;

	KUNIT_ASSERT_NOT_NULL(test, addr);
	KUNIT_EXPECT_NOT_NULL(test, strstr(describe((unsigned long)addr), __func__));
	vunmap(addr);
	__free_page(page);
}

static void slots_up_to_the_last(struct kunit *test)
{
	KUNIT_EXPECT_STREQ(test, describe(fix_to_virt(FIX_DEBUG_UART)), "a fixmap slot");
	KUNIT_EXPECT_STREQ(test, describe(fix_to_virt(__end_of_fixed_addresses - 1)),
			   "a fixmap slot");
}

/* Nothing is there that only other tables may know of, user space's and those of a wrong half. */
static void user_addresses_are_not_the_kernels(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, kern_addr_valid(PAGE_SIZE));
	KUNIT_EXPECT_FALSE(test, kern_addr_valid(TASK_SIZE - PAGE_SIZE));
	KUNIT_EXPECT_FALSE(test, kern_addr_valid(PAGE_OFFSET & (~0UL >> 8)));
	KUNIT_EXPECT_TRUE(test, kern_addr_valid((unsigned long)describe));
}

static void static_mapping_has_no_guard(struct kunit *test)
{
	const char *last = describe(STATIC_IO_BASE + SZ_16K - 1);

	KUNIT_EXPECT_NULL(test, strstr(last, "guard"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(last, ", physical 0xa003fff"));
}

static const struct kunit_case describe_cases[] = {
	KUNIT_CASE(ranges_have_names),
	KUNIT_CASE(areas_and_guards_have_owners),
	KUNIT_CASE(pages_mapped_by_hand_have_an_owner),
	KUNIT_CASE(slots_up_to_the_last),
	KUNIT_CASE(user_addresses_are_not_the_kernels),
	KUNIT_CASE(static_mapping_has_no_guard),
	{},
};

static const struct kunit_suite describe_suite = {
	.name = "describe",
	.cases = describe_cases,
};
kunit_test_suite(describe_suite);
