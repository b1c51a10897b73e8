/* SPDX-License-Identifier: MIT */
/*
 * vmalloc memory in use, in the kernel only: the host has the records but no mapping. Contents
 * come back through kmap; large areas keep their page array in vmalloc memory, too; and no call
 * takes an area that another kind of call has made.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/dma_pool.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/highmem.h>
#include <mm/ioremap.h>
#include <mm/percpu.h>
#include <mm/tests/vmap_area_check.h>
#include <mm/vmalloc.h>

#define UART_PHYS 0x09000000ULL

/* So many pages that the array of their pointers is larger than a page. */
#define MANY (PAGE_SIZE / sizeof(struct page *) + 1)

static void contents_come_back(struct kunit *test)
{
	unsigned long *words = vmalloc(5 * PAGE_SIZE), i;
	const unsigned long step = PAGE_SIZE / sizeof(*words);
	struct vm_struct *vm = find_vm_area(words);

	KUNIT_ASSERT_NOT_NULL(test, vm);
	for (i = 0; i < 5 * step; i++)
		words[i] = i * 40503;
	for (i = 0; i < 5 * step; i++)
		KUNIT_ASSERT_EQ(test, words[i], i * 40503);
	for (i = 0; i < 5; i++) {
		unsigned long *first = kmap_local_page(vm->pages[i]);

		KUNIT_EXPECT_EQ(test, *first, i * step * 40503);
		kunmap_local(first);
	}
	vfree(words);
}

static void vmap_shows_the_pages(struct kunit *test)
{
	struct page *pages[] = { alloc_page(GFP_KERNEL), alloc_page(GFP_KERNEL) };
	struct page *swapped[] = { pages[1], pages[0] };
	u32 *there, *back;

	KUNIT_ASSERT_TRUE(test, pages[0] && pages[1]);
	there = vmap(pages, 2, 0, PAGE_KERNEL);
	back = vmap(swapped, 2, 0, PAGE_KERNEL);
	KUNIT_ASSERT_TRUE(test, there && back);
	there[0] = 1;
	there[PAGE_SIZE / sizeof(*there)] = 2;
	KUNIT_EXPECT_EQ(test, back[0], 2);
	KUNIT_EXPECT_EQ(test, back[PAGE_SIZE / sizeof(*there)], 1);
	vunmap(back);
	vunmap(there);
	__free_page(pages[0]);
	__free_page(pages[1]);
}

static void large_page_array(struct kunit *test)
{
	unsigned long before = fingerprint();
	void *addr = vmalloc(MANY * PAGE_SIZE);
	struct vm_struct *vm = find_vm_area(addr), *array;

	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_TRUE(test, is_vmalloc_addr(vm->pages));
	array = find_vm_area(vm->pages);
	KUNIT_ASSERT_NOT_NULL(test, array);
	KUNIT_EXPECT_EQ(test, array->flags, VM_ALLOC);
	KUNIT_EXPECT_EQ(test, array->nr_pages, 2);
	KUNIT_EXPECT_EQ(test, array->caller, vm->caller);
	vfree(addr);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);

	addr = vmalloc((MANY - 1) * PAGE_SIZE);
	vm = find_vm_area(addr);
	KUNIT_ASSERT_NOT_NULL(test, vm);
	KUNIT_EXPECT_FALSE(test, is_vmalloc_addr(vm->pages));
	vfree(addr);
}

/* Every step of a large area fails in turn: the pages of the array, then the pages. */
static void large_failures_leave_nothing(struct kunit *test)
{
	void (*const fail_after[])(unsigned int n) = { kmalloc_fail_after, page_alloc_fail_after };
	unsigned long before = fingerprint();
	unsigned int i, n, last[] = { 8, 3 };

	for (i = 0; i < ARRAY_SIZE(fail_after); i++) {
		for (n = 1; n <= last[i]; n++) {
			void *addr;

			fail_after[i](n);
			addr = vmalloc(MANY * PAGE_SIZE);
			fail_after[i](0);
			KUNIT_EXPECT_TRUE(test, addr || fingerprint() == before);
			vfree(addr);
		}
		KUNIT_EXPECT_EQ(test, fingerprint(), before);
	}
	page_alloc_fail_after(MANY);
	KUNIT_EXPECT_NULL(test, vmalloc(MANY * PAGE_SIZE));
	page_alloc_fail_after(0);
	KUNIT_EXPECT_EQ(test, fingerprint(), before);
}

static void end_vmalloc(void *addr)
{
	vfree(addr);
}

static void end_vmap(void *addr)
{
	vunmap(addr);
}

static void end_ioremap(void *addr)
{
	iounmap((void __force __iomem *)addr);
}

/* An area of each maker is taken by its maker's call only. All others warn and change nothing. */
static void each_call_takes_its_own_areas(struct kunit *test)
{
	struct page *page = alloc_page(GFP_KERNEL);
	phys_addr_t phys;
	const struct {
		void *addr;
		void (*end)(void *addr);
	} areas[] = {
		{ vmalloc(PAGE_SIZE), end_vmalloc },
		{ page ? vmap(&page, 1, 0, PAGE_KERNEL) : NULL, end_vmap },
		{ (void __force *)ioremap(UART_PHYS, PAGE_SIZE), end_ioremap },
		{ __alloc_percpu(PCPU_UNIT_SIZE - PAGE_SIZE, PAGE_SIZE), free_percpu },
		{ dma_alloc_from_pool(PAGE_SIZE, &phys, NULL), dma_free_from_pool },
	};
	unsigned long before = fingerprint();
	unsigned int i, k;

	for (i = 0; i < ARRAY_SIZE(areas); i++) {
		KUNIT_ASSERT_NOT_NULL(test, areas[i].addr);
		for (k = 0; k < ARRAY_SIZE(areas); k++)
			if (k != i)
				KUNIT_EXPECT_WARNING(test, areas[k].end(areas[i].addr));
		KUNIT_EXPECT_EQ(test, fingerprint(), before);
	}
	for (i = 0; i < ARRAY_SIZE(areas); i++)
		areas[i].end(areas[i].addr);
	__free_page(page);
}

static const struct kunit_case vmalloc_mapped_cases[] = {
	KUNIT_CASE(contents_come_back),
	KUNIT_CASE(vmap_shows_the_pages),
	KUNIT_CASE(large_page_array),
	KUNIT_CASE(large_failures_leave_nothing),
	KUNIT_CASE(each_call_takes_its_own_areas),
	{},
};

static const struct kunit_suite vmalloc_mapped_suite = {
	.name = "vmalloc_mapped",
	.cases = vmalloc_mapped_cases,
};
kunit_test_suite(vmalloc_mapped_suite);
