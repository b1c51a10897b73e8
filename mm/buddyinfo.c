/* SPDX-License-Identifier: MIT */
/*
 * Prints /proc/buddyinfo, the number of free blocks of each order.
 *
 * Memory that has no struct pages yet is counted as the blocks that it will be.
 *
 * Linux counterpart: frag_show() in mm/vmstat.c
 */
#include <kernel/base/seq_buf.h>
#include <mm/zone.h>

/* Adds what the deferred ranges will be on the free lists. */
static void count_deferred_blocks(const struct zone *zone, unsigned long blocks[MAX_ORDER])
{
	const struct page *first;

	list_for_each_entry(first, &zone->deferred_ranges, lru) {
		unsigned long pfn = page_to_pfn(first), end = first->range_end, nr;
		unsigned int order;

		for (; pfn < end; pfn += nr << order) {
			order = largest_order(pfn, end);
			nr = order == MAX_ORDER - 1 ? (end - pfn) >> order : 1;
			blocks[order] += nr;
		}
	}
}

static void show_zone(struct seq_buf *m, struct zone *zone)
{
	unsigned long blocks[MAX_ORDER], flags;
	unsigned int order;

	spin_lock_irqsave(&zone->lock, flags);
	for (order = 0; order < MAX_ORDER; order++)
		blocks[order] = zone->free_area[order].nr_free;
	count_deferred_blocks(zone, blocks);
	spin_unlock_irqrestore(&zone->lock, flags);
	seq_buf_printf(m, "Node 0, zone %8s ", zone->name);
	for (order = 0; order < MAX_ORDER; order++)
		seq_buf_printf(m, "%6lu ", blocks[order]);
	seq_buf_putc(m, '\n');
}

void buddyinfo_show(struct seq_buf *m)
{
	struct zone *zone;

	for (zone = zones; zone < zones + MAX_NR_ZONES; zone++)
		if (zone->managed_pages)
			show_zone(m, zone);
}
