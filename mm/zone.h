/* SPDX-License-Identifier: MIT */
/*
 * Declares zones, the kinds of memory, for the page allocator and what reports about it.
 *
 * Linux counterpart: include/linux/mmzone.h
 */
#pragma once

#include <kernel/base/spinlock.h>
#include <kernel/lib/macros.h>
#include <mm/gfp.h>
#include <mm/page.h>

#define MAX_ORDER_NR_PAGES (1UL << (MAX_ORDER - 1))

struct free_area {
	struct list_head free_list; /* of page.lru */
	unsigned long nr_free;      /* blocks */
};

/* One kind of memory, all of it in pages [start_pfn, end_pfn). Zones do not overlap. */
struct zone {
	const char *name;
	enum zone_type type;
	spinlock_t lock; /* guards all below, and the struct pages of free blocks */
	unsigned long start_pfn, end_pfn;
	unsigned long managed_pages; /* ever given to the zone */
	unsigned long free_pages;    /* on the lists, and in the deferred ranges */
	unsigned long reserve_pages; /* for GFP_ATOMIC only */
	struct free_area free_area[MAX_ORDER];
	struct list_head deferred_ranges; /* in the order of use; of a range's first page's lru */
};

extern struct zone zones[MAX_NR_ZONES];

/* The order of the largest block that starts at pfn and does not reach beyond end. */
static inline unsigned int largest_order(unsigned long pfn, unsigned long end)
{
	unsigned int aligned = pfn ? __ffs(pfn) : MAX_ORDER - 1;
	unsigned int fits = fls_long(end - pfn) - 1;

	return min(min(aligned, fits), MAX_ORDER - 1U);
}

/* --- Deferred pages (mm/deferred_pages.c); each wants the zone's lock, or boot --- */

/* Starts with all struct pages of the zone deferred, and without ranges. */
void deferred_init(struct zone *zone);

/* Adds the free pages [pfn, end), not empty. Panics when one of them was added before. */
void defer_range(struct zone *zone, unsigned long pfn, unsigned long end);

/*
 * Takes the next free pages, at most one block of the largest order and never across its border.
 * Makes all struct pages up to their end, as PAGE_NONE. False when no free page is left; then the
 * struct pages up to the end of the zone are made.
 */
bool next_deferred_range(struct zone *zone, unsigned long *pfn, unsigned long *end);
