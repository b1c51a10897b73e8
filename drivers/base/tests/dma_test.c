/* SPDX-License-Identifier: MIT */
/*
 * Memory for devices: contiguous, zeroed, each piece in an area of its own, all of it given back;
 * and none for a device that does not reach it.
 */
#include <drivers/base/device.h>
#include <drivers/base/dma-mapping.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <mm/dma_pool.h>
#include <mm/vmalloc.h>

#define PIECES (DMA_POOL_SIZE / PAGE_SIZE)

static struct device dev;

static int setup(struct kunit *test)
{
	memset(&dev, 0, sizeof(dev));
	return dma_set_mask_and_coherent(&dev, DMA_BIT_MASK(32));
}

static bool all_zero(const u8 *bytes, size_t n)
{
	while (n && !bytes[n - 1])
		n--;
	return !n;
}

static void buffer_has_an_area_of_its_own(struct kunit *test)
{
	const struct vm_struct *area;
	dma_addr_t dma, again;
	u8 *buffer = dma_alloc_coherent(&dev, 3 * PAGE_SIZE - 1, &dma, GFP_KERNEL), *second;

	KUNIT_ASSERT_NOT_NULL(test, buffer);
	KUNIT_EXPECT_TRUE(test, all_zero(buffer, 3 * PAGE_SIZE));
	KUNIT_EXPECT_EQ(test, dma % (4 * PAGE_SIZE), 0);
	KUNIT_EXPECT_TRUE(test, dma + 3 * PAGE_SIZE - 1 <= DMA_BIT_MASK(32));
	area = find_vm_area(buffer);
	KUNIT_ASSERT_NOT_NULL(test, area);
	KUNIT_EXPECT_EQ(test, area->flags, VM_DMA_COHERENT);
	KUNIT_EXPECT_EQ(test, area->size, 4 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, area->phys_addr, dma);
	memset(buffer, 0xa5, 3 * PAGE_SIZE);
	dma_free_coherent(&dev, 3 * PAGE_SIZE - 1, buffer, dma);
	KUNIT_EXPECT_NULL(test, find_vm_area(buffer));

	second = dma_alloc_coherent(&dev, 3 * PAGE_SIZE, &again, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, second);
	KUNIT_EXPECT_EQ(test, again, dma); /* the same pages, and zeroed again */
	KUNIT_EXPECT_TRUE(test, all_zero(second, 3 * PAGE_SIZE));
	dma_free_coherent(&dev, 3 * PAGE_SIZE, second, again);
}

static void pool_is_used_to_its_last_page(struct kunit *test)
{
	static void *pieces[PIECES];
	dma_addr_t dma, highest = 0;
	unsigned int n, i;

	for (n = 0; n < PIECES; n++) {
		pieces[n] = dma_alloc_coherent(&dev, PAGE_SIZE, &dma, GFP_KERNEL);
		if (!pieces[n])
			break;
		memset(pieces[n], n, PAGE_SIZE);
		highest = max(highest, dma);
	}
	KUNIT_EXPECT_NULL(test, dma_alloc_coherent(&dev, 1, &dma, GFP_KERNEL));
	KUNIT_EXPECT_EQ(test, highest + PAGE_SIZE - 1, dma_pool_last());
	for (i = 0; i < n; i++) {
		KUNIT_EXPECT_EQ(test, *((u8 *)pieces[i] + PAGE_SIZE - 1), i);
		dma_free_coherent(&dev, PAGE_SIZE, pieces[i], 0);
	}
	KUNIT_EXPECT_GE(test, n, PIECES - 1); /* a driver may hold one */
}

static void nonsense_is_refused(struct kunit *test)
{
	dma_addr_t dma;
	void *buffer = dma_alloc_coherent(&dev, 2 * PAGE_SIZE, &dma, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, buffer);
	KUNIT_EXPECT_NULL(test, dma_alloc_coherent(&dev, 0, &dma, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, dma_alloc_coherent(&dev, DMA_POOL_SIZE + 1, &dma, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, dma_alloc_coherent(&dev, ~(size_t)0, &dma, GFP_KERNEL));
	KUNIT_EXPECT_WARNING(test, dma_free_coherent(&dev, PAGE_SIZE, buffer + PAGE_SIZE, dma));
	KUNIT_EXPECT_WARNING(test, vfree(buffer));
	KUNIT_EXPECT_NOT_NULL(test, find_vm_area(buffer));
	dma_free_coherent(&dev, 2 * PAGE_SIZE, buffer, dma);
	KUNIT_EXPECT_WARNING(test, dma_free_coherent(&dev, 2 * PAGE_SIZE, buffer, dma));
}

static void device_gets_only_what_it_reaches(struct kunit *test)
{
	dma_addr_t dma;

	KUNIT_EXPECT_EQ(test, dma_set_mask_and_coherent(&dev, dma_pool_last() - 1), -EIO);
	KUNIT_EXPECT_EQ(test, dev.coherent_dma_mask, DMA_BIT_MASK(32));
	dev.coherent_dma_mask = dma_pool_last() - 1;
	KUNIT_EXPECT_NULL(test, dma_alloc_coherent(&dev, PAGE_SIZE, &dma, GFP_KERNEL));
	KUNIT_EXPECT_EQ(test, dma_set_mask_and_coherent(&dev, dma_pool_last()), 0);
	KUNIT_EXPECT_EQ(test, DMA_BIT_MASK(64), ~0ULL);
}

static const struct kunit_case dma_cases[] = {
	KUNIT_CASE(buffer_has_an_area_of_its_own),
	KUNIT_CASE(pool_is_used_to_its_last_page),
	KUNIT_CASE(nonsense_is_refused),
	KUNIT_CASE(device_gets_only_what_it_reaches),
	{},
};

static const struct kunit_suite dma_suite = {
	.name = "dma",
	.init = setup,
	.cases = dma_cases,
};
kunit_test_suite(dma_suite);
