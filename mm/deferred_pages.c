/* SPDX-License-Identifier: MIT */
/*
 * Makes the struct pages of a zone when its memory is first needed, not at boot.
 *
 * Most memory is never asked for, and its struct pages are one hundredth of it: to write them all
 * would be most of the boot of a large machine. So boot only notes where free memory is. Each free
 * range is a record in its own first struct page, which holds its end; the rest of mem_map is
 * unwritten. The page allocator asks for a piece when its lists are empty.
 *
 * Invariants: pieces are given in the order of their addresses. All struct pages of the zone below
 * first_deferred_pfn are made, and none from there on. So one comparison tells whether a struct
 * page may be looked at, and kfree() of a stray pointer finds no chance contents.
 *
 * Linux counterpart: CONFIG_DEFERRED_STRUCT_PAGE_INIT in mm/page_alloc.c, where a thread for each
 * node makes them soon after boot
 */
#include <kernel/lib/string.h>
#include <mm/zone.h>

unsigned long first_deferred_pfn[MAX_NR_ZONES];

void deferred_init(struct zone *zone)
{
	INIT_LIST_HEAD(&zone->deferred_ranges);
	first_deferred_pfn[zone->type] = zone->start_pfn;
}

static void add_range(struct list_head *before, unsigned long pfn, unsigned long end)
{
	struct page *first = pfn_to_page(pfn);

	first->range_end = end;
	list_add_tail(&first->lru, before);
}

void defer_range(struct zone *zone, unsigned long pfn, unsigned long end)
{
	add_range(&zone->deferred_ranges, pfn, end);
}

static void make_struct_pages(struct zone *zone, unsigned long end)
{
	unsigned long *first = &first_deferred_pfn[zone->type];

	memset(pfn_to_page(*first), 0, (end - *first) * sizeof(struct page));
	*first = end;
	if (zone->type == ZONE_NORMAL)
		lowmem.size = (end - min_low_pfn) << PAGE_SHIFT;
}

bool next_deferred_range(struct zone *zone, unsigned long *pfn, unsigned long *end)
{
	struct page *first = list_first_entry_or_null(&zone->deferred_ranges, struct page, lru);

	if (!first) {
		make_struct_pages(zone, zone->end_pfn);
		return false;
	}
	*pfn = page_to_pfn(first);
	*end = min(first->range_end, ALIGN(*pfn + 1, MAX_ORDER_NR_PAGES));
	if (*end < first->range_end)
		add_range(first->lru.next, *end, first->range_end);
	list_del(&first->lru);
	make_struct_pages(zone, *end); /* not earlier: it overwrites the record in first */
	return true;
}
