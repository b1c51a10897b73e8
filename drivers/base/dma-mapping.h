/* SPDX-License-Identifier: MIT */
/*
 * Memory that a device reads and writes by itself.
 *
 * A driver says first how many address bits its device has. Then it asks for buffers, and gets two
 * names of each: a pointer for itself, and a bus address for the device. Here a bus address is a
 * physical one. Process context; may sleep.
 *
 * Linux counterpart: include/linux/dma-mapping.h
 */
#pragma once

#include <kernel/lib/macros.h>
#include <kernel/lib/types.h>

struct device;

#define DMA_BIT_MASK(n) GENMASK_ULL((n) - 1, 0)

/*
 * The addresses that dev reaches; 32 bits until this is called. 0, or -EIO when that leaves no
 * memory for it; then the mask stays as it was.
 */
int dma_set_mask_and_coherent(struct device *dev, u64 mask);

/*
 * size bytes, zeroed, that dev and the processor see alike; *handle is the address for dev. NULL
 * when none are left, or when dev reaches none. vmallocinfo shows the caller. gfp says nothing
 * here: the memory is reserved.
 */
void *dma_alloc_coherent(struct device *dev, size_t size, dma_addr_t *handle, gfp_t gfp);

/* Gives it back; the device must have been told to leave it alone. */
void dma_free_coherent(struct device *dev, size_t size, void *addr, dma_addr_t handle);
