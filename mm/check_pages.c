/* SPDX-License-Identifier: MIT */
/*
 * Checks that the lists of free blocks, the states of pages and the counts agree.
 */
#include <kernel/lib/macros.h>
#include <mm/check.h>
#include <mm/page.h>
#include <mm/zone.h>

/* What the lists of a zone have, and what its pages say. */
struct zone_walk {
	struct mm_check *check;
	const struct zone *zone;
	unsigned long listed_pages, listed_blocks;
};

static unsigned long address_of(unsigned long pfn)
{
	return (unsigned long)PFN_PHYS(pfn); /* in messages: the physical one, cut on arm */
}

static bool is_free_block(const struct zone *zone, unsigned long pfn, unsigned int order)
{
	return pfn >= zone->start_pfn && pfn < first_deferred_pfn[zone->type] &&
	       pfn_to_page(pfn)->state == PAGE_FREE && pfn_to_page(pfn)->order == order;
}

static void check_block(struct zone_walk *walk, const struct page *page, unsigned int order)
{
	unsigned long pfn = page_to_pfn(page);

	if (!is_free_block(walk->zone, pfn, order) || !IS_ALIGNED(pfn, 1UL << order))
		mm_check_fail(walk->check, "a block on a list of free ones is not free, or another",
			      address_of(pfn));
	else if (order < MAX_ORDER - 1 && is_free_block(walk->zone, pfn ^ (1UL << order), order))
		mm_check_fail(walk->check, "two buddies are free", address_of(pfn));
	walk->listed_pages += 1UL << order;
	walk->listed_blocks++;
}

static void check_lists(struct zone_walk *walk)
{
	const struct page *page;
	unsigned int order;

	for (order = 0; order < MAX_ORDER; order++) {
		const struct free_area *area = &walk->zone->free_area[order];
		unsigned long before = walk->listed_blocks;

		list_for_each_entry(page, &area->free_list, lru) {
			if (walk->check->error)
				return; /* the list may lead anywhere */
			check_block(walk, page, order);
		}
		if (walk->listed_blocks - before != area->nr_free)
			mm_check_fail(walk->check, "a list of free blocks has another length",
				      order);
	}
}

/* Free memory whose struct pages are not made yet. */
static unsigned long count_deferred(const struct zone *zone)
{
	const struct page *first;
	unsigned long pages = 0;

	list_for_each_entry(first, &zone->deferred_ranges, lru)
		pages += first->range_end - page_to_pfn(first);
	return pages;
}

/* Each free block is on a list, and nothing inside it is in use. */
static void check_states(struct zone_walk *walk)
{
	unsigned long pfn, block_end = 0, blocks = 0;

	for (pfn = walk->zone->start_pfn; pfn < first_deferred_pfn[walk->zone->type]; pfn++) {
		const struct page *page = pfn_to_page(pfn);

		if (pfn < block_end && page->state != PAGE_NONE)
			mm_check_fail(walk->check, "a page of a free block is in use",
				      address_of(pfn));
		if (page->state != PAGE_FREE)
			continue;
		blocks++;
		block_end = pfn + (1UL << page->order);
	}
	if (blocks != walk->listed_blocks)
		mm_check_fail(walk->check, "a free block is on no list", blocks);
}

void check_free_pages(struct mm_check *check)
{
	unsigned long flags;
	unsigned int i;

	for (i = 0; i < MAX_NR_ZONES; i++) {
		struct zone_walk walk = { .check = check, .zone = &zones[i] };

		spin_lock_irqsave(&zones[i].lock, flags);
		check_lists(&walk);
		if (!check->error)
			check_states(&walk);
		if (walk.listed_pages + count_deferred(&zones[i]) != zones[i].free_pages)
			mm_check_fail(check, "the count of free pages is wrong",
				      zones[i].free_pages);
		spin_unlock_irqrestore(&zones[i].lock, flags);
	}
}
