/* SPDX-License-Identifier: MIT */
/*
 * Declares the pool of memory that devices with few address bits can reach.
 *
 * Linux counterpart: kernel/dma/pool.c, include/linux/dma-map-ops.h
 */
#pragma once

#include <kernel/lib/sizes.h>
#include <kernel/lib/types.h>

#define DMA_POOL_SIZE SZ_256K

/*
 * Reserves the pool, in low memory below 4 GiB. From boot, between paging_init() and the page
 * allocator. Without such memory there is a warning and no pool.
 */
void dma_pool_reserve(void);

/* Returns the last physical address of the pool; all ones when there is none. Any context. */
phys_addr_t dma_pool_last(void);

/*
 * Returns size bytes (rounded up to pages) of the pool, zeroed, contiguous in physical memory, and
 * aligned there to the size rounded up to a power of two; *phys is where. They are mapped uncached
 * in an area of their own, which vmallocinfo shows for caller. NULL when size is 0 or nothing of
 * that size is left. Process context; may sleep.
 */
void *dma_alloc_from_pool(size_t size, phys_addr_t *phys, const void *caller);

/* Gives them back. WARNs about any other address, and changes nothing. Process context. */
void dma_free_from_pool(void *addr);
