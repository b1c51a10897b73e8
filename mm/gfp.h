/* SPDX-License-Identifier: MIT */
/*
 * Declares the calls of the page allocator, and the GFP_ flags of a request.
 *
 * Blocks are 2^order pages, aligned to their size, contiguous in physical memory and, without
 * __GFP_HIGHMEM, in the linear map. All calls may be made in any context. None sleeps, but a caller
 * that passes GFP_KERNEL must be able to sleep.
 *
 * Linux counterpart: include/linux/gfp.h, gfp_types.h
 */
#pragma once

#include <kernel/lib/types.h>
#include <mm/page.h>

#define __GFP_HIGHMEM        0x002u /* memory outside the linear map is accepted */
#define __GFP_HIGH           0x020u /* may take the reserved pages */
#define __GFP_ZERO           0x100u /* zeroed */
#define __GFP_DIRECT_RECLAIM 0x400u /* may sleep */

#define GFP_KERNEL __GFP_DIRECT_RECLAIM /* the usual: in a process, no spinlock held */
#define GFP_ATOMIC __GFP_HIGH           /* in an interrupt or under a spinlock */
#define GFP_NOWAIT 0u                   /* may not sleep, and not take reserved pages */
#define GFP_USER   GFP_KERNEL
/* Pages that the kernel itself reaches only through kmap() (mm/highmem.h). */
#define GFP_HIGHUSER (GFP_USER | __GFP_HIGHMEM)

/* There is one memory node; as in mm/memblock.h. */
#define NUMA_NO_NODE (-1)

/* Orders are below MAX_ORDER: blocks of 4 KiB to 4 MiB. */
#define MAX_ORDER 11

/*
 * Returns a block, or NULL when no block of that size is free or order is too large. With
 * __GFP_HIGHMEM it is of high memory while there is some, else of low memory.
 */
struct page *alloc_pages(gfp_t gfp, unsigned int order);

/* Frees a whole block of alloc_pages(). Any other page, or another order, is a BUG. */
void __free_pages(struct page *page, unsigned int order);

/*
 * Allocates up to nr single pages into pages[], from the largest free blocks, as nr calls of
 * alloc_page() would. Returns how many there are now: fewer than nr when memory is short.
 */
unsigned long alloc_pages_bulk_array(gfp_t gfp, unsigned long nr, struct page **pages);

/* Frees nr single pages. Those that follow each other in memory and in pages[] go in one block. */
void release_pages(struct page **pages, unsigned long nr);

/*
 * alloc_pages() and __free_pages() by address in the linear map; 0 on failure, and 0 is freed
 * without effect.
 */
unsigned long __get_free_pages(gfp_t gfp, unsigned int order);
unsigned long get_zeroed_page(gfp_t gfp);
void free_pages(unsigned long addr, unsigned int order);

#define alloc_page(gfp)      alloc_pages(gfp, 0)
#define __free_page(page)    __free_pages(page, 0)
#define __get_free_page(gfp) __get_free_pages(gfp, 0)
#define free_page(addr)      free_pages(addr, 0)

/* Pages that are free now, and pages that the allocator was ever given. */
unsigned long nr_free_pages(void);
unsigned long totalram_pages(void);

/* The part of them that is high memory. */
unsigned long nr_free_highpages(void);
unsigned long totalhigh_pages(void);

/*
 * Returns how many pages mm/pgalloc.c has in use as tables below the first level, for programs and
 * for the kernel. Linux's NR_PAGETABLE counts programs' tables only.
 */
unsigned long pgtable_nr_pages(void);

/*
 * Boot: allocates mem_map and takes over all free memory of memblock. Memory below memblock's limit
 * becomes low memory; the rest becomes high memory where the architecture can map that. Afterwards
 * memblock allocates nothing, because its limit is 0.
 */
void page_alloc_init(void);

/*
 * Gives the pages of [start, end), addresses in the linear map or the kernel image, to the
 * allocator: memory reserved at boot that is no longer needed. Fills it with the byte poison first,
 * unless poison is -1. Logs it under name unless that is NULL. Returns the number of pages.
 */
unsigned long free_reserved_area(void *start, void *end, int poison, const char *name);

struct seq_buf;

/* /proc/buddyinfo: free blocks by order. */
void buddyinfo_show(struct seq_buf *m);
/* /proc/meminfo. */
void meminfo_show(struct seq_buf *m);
