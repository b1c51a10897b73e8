/* SPDX-License-Identifier: MIT */
/*
 * Makes the struct pages of a zone when its memory is first needed, not at boot.
 *
 * Most memory is never asked for, and its struct pages are one hundredth of it: to write them all
 * would be most of the boot of a large machine. So boot only notes where free memory is. Each free
 * range is a record in its own first struct page, which holds its end; the rest of mem_map is
 * unwritten. The page allocator asks for a piece when its lists are empty.
 *
 * Invariants: all struct pages of the zone below first_deferred_pfn are made, and none from there
 * on. So one comparison tells whether a struct page may be looked at, and kfree() of a stray
 * pointer finds no chance contents. For that, ranges are given in the order of their addresses.
 * Behind them on the list are those that became free when their struct pages were made already.
 * These are given last: boot has left code in them, of which QEMU holds a translation. A store into
 * such a page throws that away, block by block: that was up to a seventh of the time to the prompt.
 *
 * Linux counterpart: CONFIG_DEFERRED_STRUCT_PAGE_INIT in mm/page_alloc.c, where a thread for each
 * node makes them soon after boot
 */
#include <kernel/base/bug.h>
#include <kernel/lib/string.h>
#include <mm/zone.h>

unsigned long first_deferred_pfn[MAX_NR_ZONES];

void deferred_init(struct zone *zone)
{
	INIT_LIST_HEAD(&zone->deferred_ranges);
	first_deferred_pfn[zone->type] = zone->start_pfn;
}

/* Whether the struct page is not made yet. */
static bool is_deferred(const struct zone *zone, unsigned long pfn)
{
	return pfn >= first_deferred_pfn[zone->type];
}

static struct page *add_range(struct list_head *before, unsigned long pfn, unsigned long end)
{
	struct page *first = pfn_to_page(pfn);

	first->range_end = end;
	list_add_tail(&first->lru, before);
	return first;
}

/* The record before which that of a range at pfn stands, or NULL: it is the last. */
static struct page *record_behind(const struct zone *zone, unsigned long pfn)
{
	struct page *record;

	if (!is_deferred(zone, pfn))
		return NULL;
	list_for_each_entry(record, &zone->deferred_ranges, lru) {
		unsigned long other = page_to_pfn(record);

		if (pfn < other || !is_deferred(zone, other))
			return record;
	}
	return NULL;
}

void defer_range(struct zone *zone, unsigned long pfn, unsigned long end)
{
	struct page *next = record_behind(zone, pfn), *record;
	struct list_head *place = next ? &next->lru : &zone->deferred_ranges;

	list_for_each_entry(record, &zone->deferred_ranges, lru)
		BUG_ON(pfn < record->range_end && page_to_pfn(record) < end); /* free already */
	record = place->prev == &zone->deferred_ranges ? NULL
						       : list_entry(place->prev, struct page, lru);
	if (record && record->range_end == pfn)
		record->range_end = end;
	else
		record = add_range(place, pfn, end);
	if (next && page_to_pfn(next) == end) {
		record->range_end = next->range_end;
		list_del(&next->lru);
	}
}

static void make_struct_pages(struct zone *zone, unsigned long end)
{
	unsigned long *first = &first_deferred_pfn[zone->type];

	if (end <= *first)
		return;
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
