/* SPDX-License-Identifier: MIT */
/*
 * Defines struct page, and the conversions between a page, its number and its addresses.
 *
 * A page of RAM has a number (pfn), a physical address, and a struct page that says what it is used
 * for. The struct pages are one array, mem_map, from the first to the last page of RAM. Holes
 * between banks have entries too, which stay PAGE_NONE.
 *
 * Low memory always has an address in the linear map. High memory begins at max_low_pfn; the linear
 * map has no room for it. Such a page has an address only while it is mapped (mm/highmem.h). An
 * architecture whose linear map holds all memory has no PKMAP_BASE. There PageHighMem() is a
 * constant.
 *
 * A block of 2^order pages is described by the struct page of its first page.
 *
 * Linux counterpart: include/linux/mm_types.h, page-flags.h, pfn.h, asm-generic/memory_model.h
 * (there the uses are flag bits and pages have reference counts).
 */
#pragma once

#include <asm/memlayout.h>
#include <asm/memory.h>
#include <kernel/lib/bitops.h>
#include <kernel/lib/list.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/types.h>

struct kmem_cache;

#ifndef PKMAP_BASE
#define PKMAP_BASE UL(0)
#define PKMAP_SIZE UL(0)
#endif

enum page_state {
	PAGE_NONE,    /* a hole, reserved at boot, or not the first page of its block */
	PAGE_FREE,    /* on a list of the page allocator */
	PAGE_USED,    /* allocated */
	PAGE_SLAB,    /* ... by kmalloc, divided into objects */
	PAGE_KMALLOC, /* ... by kmalloc, for one large object */
};

struct page {
	u8 state;             /* enum page_state */
	u8 order;             /* of the block */
	u16 inuse;            /* PAGE_SLAB: objects allocated */
	struct list_head lru; /* PAGE_FREE: the free list; PAGE_SLAB: the cache's list */
	union {
		struct kmem_cache *slab_cache; /* PAGE_SLAB: the objects' cache */
		unsigned int refcount;         /* PAGE_USED, shared: its owners (mm/page_ref.h) */
	};
	union {
		void *freelist;          /* PAGE_SLAB: the first free object */
		void *virtual;           /* high memory: where it is mapped, or NULL */
		unsigned long range_end; /* deferred: the end of a free range that starts here */
	};
};

/*
 * Entry 0 is page min_low_pfn. max_low_pfn is the first page past low memory, max_pfn the first
 * past all memory.
 */
extern struct page *mem_map;
extern unsigned long min_low_pfn;
extern unsigned long max_low_pfn;
extern unsigned long max_pfn;

/* The part of the linear map, in bytes, whose pages have an entry in mem_map. */
extern struct lowmem {
	unsigned long start, size;
} lowmem;

/* The kinds of memory, the most valuable first. */
enum zone_type { ZONE_NORMAL, ZONE_HIGHMEM, MAX_NR_ZONES };

/*
 * The first page of a zone whose entry in mem_map is not made yet. Such a page, and each one behind
 * it in its zone, is free or was reserved at boot.
 */
extern unsigned long first_deferred_pfn[MAX_NR_ZONES];

#define PAGE_ALIGN(addr)   ALIGN(addr, PAGE_SIZE)
#define PAGE_ALIGNED(addr) IS_ALIGNED((unsigned long)(addr), PAGE_SIZE)

/* The first page at or above an address, the page that contains it, the address of a page. */
#define PFN_UP(x)     ((unsigned long)(((x) + PAGE_SIZE - 1) >> PAGE_SHIFT))
#define PFN_DOWN(x)   ((unsigned long)((x) >> PAGE_SHIFT))
#define PFN_PHYS(pfn) ((phys_addr_t)(pfn) << PAGE_SHIFT)

/* Whether there is a struct page for pfn; it may belong to a hole. */
static inline bool pfn_valid(unsigned long pfn)
{
	return pfn >= min_low_pfn && pfn < max_pfn;
}

static inline struct page *pfn_to_page(unsigned long pfn)
{
	return mem_map + (pfn - min_low_pfn);
}

static inline unsigned long page_to_pfn(const struct page *page)
{
	return (unsigned long)(page - mem_map) + min_low_pfn;
}

static inline phys_addr_t page_to_phys(const struct page *page)
{
	return PFN_PHYS(page_to_pfn(page));
}

static inline struct page *phys_to_page(phys_addr_t phys)
{
	return pfn_to_page(PFN_DOWN(phys));
}

static inline bool PageHighMem(const struct page *page)
{
	return PKMAP_SIZE && page_to_pfn(page) >= max_low_pfn;
}

/* The page's address, in the linear map or from kmap(); NULL for other high memory. */
static inline void *page_address(const struct page *page)
{
	return PageHighMem(page) ? page->virtual : __va(page_to_phys(page));
}

/* The page of an address in the linear map. */
static inline struct page *virt_to_page(const void *addr)
{
	return phys_to_page(virt_to_phys(addr));
}

/*
 * The page of any address, or NULL when addr is not in the linear map of RAM, or when its page
 * cannot have been allocated because it has no entry yet.
 */
static inline struct page *lowmem_page(const void *addr)
{
	unsigned long offset = (unsigned long)addr - lowmem.start;

	return offset < lowmem.size ? mem_map + (offset >> PAGE_SHIFT) : NULL;
}

/* Whether virt_to_page() is defined for addr. */
static inline bool virt_addr_valid(const void *addr)
{
	return lowmem_page(addr);
}

/*
 * Zeroes the page at addr, which is Normal memory and page aligned. Any context. The architecture
 * has it, because it is most of what a new page costs (arch/<name>/clear_page.S).
 */
void clear_page(void *addr);

/* The smallest order of a block that holds size bytes; size is not 0. */
static inline unsigned int get_order(unsigned long size)
{
	return fls_long((size - 1) >> PAGE_SHIFT);
}
