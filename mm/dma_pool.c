/* SPDX-License-Identifier: MIT */
/*
 * Keeps some memory below 4 GiB for devices, and maps it uncached piece by piece.
 *
 * A device reads and writes memory behind the back of the processor's caches. A buffer is coherent
 * when both see the same without being told, so it is mapped Normal Non-cacheable, as ioremap_wc()
 * maps: an access goes to memory, and may be gathered with others until a barrier.
 *
 * The linear map still shows the pool's pages as cached memory, since it is made of blocks. Nothing
 * uses these addresses. So the caches are emptied of them once, when the pool is reserved: a dirty
 * line that is written back later would overwrite what the device has put there.
 *
 * Linux counterpart: kernel/dma/pool.c, direct.c, remap.c (there a device that the tree calls
 * dma-coherent gets ordinary cached memory, and other memory than the pool is remapped, too)
 */
#include <asm/cacheflush.h>
#include <asm/mem_type.h>
#include <asm/memory.h>
#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/base/printk.h>
#include <kernel/base/spinlock.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/dma_pool.h>
#include <mm/memblock.h>
#include <mm/vmalloc.h>
#include <mm/vmap_range.h>

#define POOL_PAGES (DMA_POOL_SIZE / PAGE_SIZE)

_Static_assert(POOL_PAGES == 64, "one bit a page, in one word");

/* The lock guards used. */
static struct {
	phys_addr_t start; /* 0: there is no pool */
	u64 used;
	spinlock_t lock;
} pool = { .lock = __SPIN_LOCK_UNLOCKED };

void __init dma_pool_reserve(void)
{
	phys_addr_t limit = min_t(phys_addr_t, memblock.current_limit, BIT_ULL(32));
	unsigned long addr;

	pool.start = memblock_phys_alloc_range(DMA_POOL_SIZE, DMA_POOL_SIZE, 0, limit);
	if (!pool.start) {
		pr_warn("DMA: no memory below 4 GiB for a pool of %d KiB\n", DMA_POOL_SIZE / SZ_1K);
		return;
	}
	addr = (unsigned long)__va(pool.start);
	/* Written back by chance, a line of the pool's past would overwrite a device's data. */
	dcache_clean_inval_poc(addr, addr + DMA_POOL_SIZE);
}

phys_addr_t dma_pool_last(void)
{
	return pool.start ? pool.start + DMA_POOL_SIZE - 1 : ~(phys_addr_t)0;
}

/* The bits of so many pages, from page first on. */
static u64 page_bits(unsigned int first, unsigned int count)
{
	return GENMASK_ULL(first + count - 1, first);
}

/* Takes the lowest run of free pages that is aligned; its first page, or POOL_PAGES. */
static unsigned int take_pages(unsigned int count, unsigned int align)
{
	unsigned int first;

	spin_lock(&pool.lock);
	for (first = 0; first + count <= POOL_PAGES; first += align)
		if (!(pool.used & page_bits(first, count)))
			break;
	if (first + count <= POOL_PAGES)
		pool.used |= page_bits(first, count);
	else
		first = POOL_PAGES;
	spin_unlock(&pool.lock);
	return first;
}

static void give_pages(phys_addr_t phys, unsigned int count)
{
	spin_lock(&pool.lock);
	pool.used &= ~page_bits((phys - pool.start) >> PAGE_SHIFT, count);
	spin_unlock(&pool.lock);
}

static void *map_pages(phys_addr_t phys, size_t size, const void *caller)
{
	struct vm_struct *area = get_vm_area_caller(size, VM_DMA_COHERENT, caller);
	unsigned long addr;

	if (!area)
		return NULL;
	addr = (unsigned long)area->addr;
	area->phys_addr = phys;
	/* The type of ioremap_wc() is Normal Non-cacheable on both architectures. */
	if (ioremap_page_range(addr, addr + size, phys, get_mem_type(MT_DEVICE_WC)->prot_pte)) {
		free_vm_area(area);
		return NULL;
	}
	return area->addr;
}

void *dma_alloc_from_pool(size_t size, phys_addr_t *phys, const void *caller)
{
	unsigned int count = DIV_ROUND_UP(size, PAGE_SIZE), align = 1, first;
	void *addr;

	if (!pool.start || !size || size > DMA_POOL_SIZE)
		return NULL;
	while (align < count)
		align *= 2;
	first = take_pages(count, align);
	if (first == POOL_PAGES)
		return NULL;
	*phys = pool.start + (phys_addr_t)first * PAGE_SIZE;
	addr = map_pages(*phys, count * PAGE_SIZE, caller);
	if (!addr) {
		give_pages(*phys, count);
		return NULL;
	}
	return memset(addr, 0, count * PAGE_SIZE);
}

void dma_free_from_pool(void *addr)
{
	struct vm_struct *area = claim_vm_area(addr, VM_DMA_COHERENT);
	unsigned int count;
	phys_addr_t phys;

	if (WARN(!area || area->flags & VM_EARLY, "no DMA memory at 0x%px: nothing freed", addr))
		return;
	phys = area->phys_addr;
	count = get_vm_area_size(area) >> PAGE_SHIFT;
	free_vm_area(area); /* first: the pages' next owner must be reached by no old translation */
	give_pages(phys, count);
}
