/* SPDX-License-Identifier: MIT */
/*
 * Memory for devices, by the number of address bits that each has.
 *
 * Linux counterpart: kernel/dma/mapping.c
 */

#include <drivers/base/device.h>
#include <drivers/base/dma-mapping.h>
#include <kernel/lib/errno.h>
#include <mm/dma_pool.h>

int dma_set_mask_and_coherent(struct device *dev, u64 mask)
{
	if (dma_pool_last() > mask)
		return -EIO;
	dev->coherent_dma_mask = mask;
	return 0;
}

noinline void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle, gfp_t gfp)
{
	if (dma_pool_last() > dev->coherent_dma_mask)
		return NULL;
	return dma_alloc_from_pool(size, handle, __builtin_return_address(0));
}

void dma_free_coherent(struct device *dev, size_t size, void *addr, dma_addr_t handle)
{
	dma_free_from_pool(addr);
}
