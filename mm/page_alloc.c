/* SPDX-License-Identifier: MIT */
/*
 * Allocates and frees blocks of 2^order pages, as a buddy system.
 *
 * Each order has one list of free blocks, which are aligned to their size. For a small request a
 * larger block is halved, and the other half, its buddy, becomes free. When both halves are free
 * again, they are merged. The first page numbers of two buddies differ in one bit, so a buddy is
 * found by its number. Boot puts nothing on the lists: deferred_pages.c has memory for them when
 * they cannot serve a request.
 *
 * Invariants: the first page of a free block, and no other, is PAGE_FREE and on the list of its
 * order. Two buddies are never both free. A page that was reserved at boot is PAGE_NONE, so no
 * block is merged with it.
 *
 * Memory in the linear map and high memory have each a set of lists, a zone. Blocks never cross the
 * border. Requests that accept high memory are served from it first. Low memory is kept for
 * requests that need the linear map.
 *
 * The last few low pages are for GFP_ATOMIC requests, which cannot wait. So an interrupt can
 * allocate when processes have taken all other memory. zone->lock guards everything; any context.
 *
 * Linux counterpart: mm/page_alloc.c (more zones, nodes, per-CPU lists, reclaim).
 */
#include <mm/gfp.h>

#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/base/printk.h>
#include <kernel/lib/string.h>
#include <mm/fail_alloc.h>
#include <mm/highmem.h>
#include <mm/memblock.h>
#include <mm/zone.h>

struct page *mem_map;
unsigned long min_low_pfn, max_low_pfn, max_pfn;
struct lowmem lowmem;

struct zone zones[MAX_NR_ZONES] = {
	[ZONE_NORMAL] = { .name = "Normal", .type = ZONE_NORMAL, .lock = __SPIN_LOCK_UNLOCKED },
	[ZONE_HIGHMEM] = { .name = "HighMem", .type = ZONE_HIGHMEM, .lock = __SPIN_LOCK_UNLOCKED },
};

static struct zone *page_zone(const struct page *page)
{
	return &zones[PageHighMem(page) ? ZONE_HIGHMEM : ZONE_NORMAL];
}

/* --- Blocks on lists; the caller holds the zone's lock --- */

static void add_block(struct zone *zone, struct page *page, unsigned int order)
{
	page->state = PAGE_FREE;
	page->order = order;
	list_add(&page->lru, &zone->free_area[order].free_list);
	zone->free_area[order].nr_free++;
}

static void remove_block(struct zone *zone, struct page *page)
{
	page->state = PAGE_NONE;
	list_del(&page->lru);
	zone->free_area[page->order].nr_free--;
}

/* Returns the free block with which this block can be merged, or NULL. */
static struct page *free_buddy(struct zone *zone, unsigned long pfn, unsigned int order)
{
	unsigned long buddy_pfn = pfn ^ (1UL << order);
	struct page *buddy;

	/*
	 * A number outside the zone has no struct page, or one of the other zone and its lock. One
	 * that is deferred has an entry full of chance.
	 */
	if (order == MAX_ORDER - 1 || buddy_pfn < zone->start_pfn ||
	    buddy_pfn >= first_deferred_pfn[zone->type])
		return NULL;
	buddy = pfn_to_page(buddy_pfn);
	return buddy->state == PAGE_FREE && buddy->order == order ? buddy : NULL;
}

static void free_block(struct zone *zone, unsigned long pfn, unsigned int order)
{
	struct page *buddy;

	while ((buddy = free_buddy(zone, pfn, order))) {
		remove_block(zone, buddy);
		pfn &= ~(1UL << order);
		order++;
	}
	add_block(zone, pfn_to_page(pfn), order);
}

static void free_range(struct zone *zone, unsigned long pfn, unsigned long end)
{
	unsigned int order;

	for (; pfn < end; pfn += 1UL << order) {
		order = largest_order(pfn, end);
		free_block(zone, pfn, order);
	}
}

static unsigned int smallest_free_order(const struct zone *zone, unsigned int order)
{
	while (order < MAX_ORDER && list_empty(&zone->free_area[order].free_list))
		order++;
	return order;
}

/* Takes the smallest block that is large enough, and halves it down to the size requested. */
static struct page *take_block(struct zone *zone, unsigned int order)
{
	unsigned long pfn, end;
	unsigned int o;
	struct page *page;

	while ((o = smallest_free_order(zone, order)) == MAX_ORDER) {
		if (!next_deferred_range(zone, &pfn, &end))
			return NULL;
		free_range(zone, pfn, end);
	}
	page = list_first_entry(&zone->free_area[o].free_list, struct page, lru);
	remove_block(zone, page);
	while (o > order) {
		o--;
		add_block(zone, page + (1UL << o), o);
	}
	page->state = PAGE_USED;
	page->order = order;
	zone->free_pages -= 1UL << order;
	return page;
}

/* --- Allocation --- */

static bool enough_left(const struct zone *zone, gfp_t gfp, unsigned int order)
{
	unsigned long keep = gfp & __GFP_HIGH ? 0 : zone->reserve_pages;

	return zone->free_pages >= (1UL << order) + keep;
}

static struct page *alloc_from(struct zone *zone, gfp_t gfp, unsigned int order)
{
	struct page *page = NULL;
	unsigned long flags;

	spin_lock_irqsave(&zone->lock, flags);
	if (enough_left(zone, gfp, order))
		page = take_block(zone, order);
	spin_unlock_irqrestore(&zone->lock, flags);
	return page;
}

static void clear_block(struct page *page, unsigned int order)
{
	unsigned long i;

	for (i = 0; i < 1UL << order; i++)
		clear_highpage(page + i);
}

/* Makes nr pages of a block that are allocated each by itself, and lists them. */
static void split_block(struct page *page, unsigned long nr, struct page **pages)
{
	for (; nr; nr--, page++) {
		page->state = PAGE_USED;
		page->order = 0;
		*pages++ = page;
	}
}

/* Fills pages[] with up to nr pages, from the largest blocks there are. Returns how many. */
static unsigned long alloc_bulk_from(struct zone *zone, gfp_t gfp, unsigned long nr,
				     struct page **pages)
{
	int order = MAX_ORDER - 1;
	unsigned long done = 0;

	while (done < nr && order >= 0) {
		struct page *block;

		order = min(order, fls_long(nr - done) - 1);
		block = alloc_from(zone, gfp, order);
		if (block) {
			split_block(block, 1UL << order, pages + done);
			done += 1UL << order;
		} else {
			order--; /* for good: one failed try for each order, not for each page */
		}
	}
	return done;
}

unsigned long alloc_pages_bulk_array(gfp_t gfp, unsigned long nr, struct page **pages)
{
	unsigned long done = 0, i;

	nr = allocs_before_failure(&page_alloc_failure_in, nr);
	if (gfp & __GFP_HIGHMEM)
		done = alloc_bulk_from(&zones[ZONE_HIGHMEM], gfp, nr, pages);
	done += alloc_bulk_from(&zones[ZONE_NORMAL], gfp, nr - done, pages + done);
	for (i = 0; gfp & __GFP_ZERO && i < done; i++)
		clear_highpage(pages[i]);
	return done;
}

struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	struct page *page = NULL;

	if (order >= MAX_ORDER || should_fail_alloc(&page_alloc_failure_in))
		return NULL;
	if (gfp & __GFP_HIGHMEM)
		page = alloc_from(&zones[ZONE_HIGHMEM], gfp, order);
	if (!page)
		page = alloc_from(&zones[ZONE_NORMAL], gfp, order);
	if (page && gfp & __GFP_ZERO)
		clear_block(page, order);
	return page;
}

void __free_pages(struct page *page, unsigned int order)
{
	struct zone *zone = page_zone(page);
	unsigned long flags;

	BUG_ON(page->state != PAGE_USED); /* freed twice, or never allocated */
	BUG_ON(page->order != order);
	spin_lock_irqsave(&zone->lock, flags);
	page->state = PAGE_NONE;
	zone->free_pages += 1UL << order;
	free_block(zone, page_to_pfn(page), order);
	spin_unlock_irqrestore(&zone->lock, flags);
}

/* Takes the first of pages[] that follow each other in memory, and says how many those are. */
static unsigned long take_run(const struct zone *zone, struct page **pages, unsigned long nr)
{
	unsigned long most = min(nr, zone->end_pfn - page_to_pfn(*pages)), n;
	struct page *page = *pages;

	for (n = 0; n < most && pages[n] == page; n++, page++) {
		BUG_ON(page->state != PAGE_USED || page->order); /* as in __free_pages() */
		page->state = PAGE_NONE;
	}
	return n;
}

void release_pages(struct page **pages, unsigned long nr)
{
	unsigned long n, flags;

	for (; nr; nr -= n, pages += n) {
		struct zone *zone = page_zone(*pages);
		unsigned long pfn = page_to_pfn(*pages);

		n = take_run(zone, pages, nr); /* without the lock: they are the caller's still */
		spin_lock_irqsave(&zone->lock, flags);
		zone->free_pages += n;
		free_range(zone, pfn, pfn + n);
		spin_unlock_irqrestore(&zone->lock, flags);
	}
}

unsigned long __get_free_pages(gfp_t gfp, unsigned int order)
{
	struct page *page = alloc_pages(gfp & ~__GFP_HIGHMEM, order);

	return page ? (unsigned long)page_address(page) : 0;
}

unsigned long get_zeroed_page(gfp_t gfp)
{
	return __get_free_pages(gfp | __GFP_ZERO, 0);
}

void free_pages(unsigned long addr, unsigned int order)
{
	if (!addr)
		return;
	BUG_ON(!virt_addr_valid((void *)addr));
	__free_pages(virt_to_page((void *)addr), order);
}

unsigned long nr_free_pages(void)
{
	return READ_ONCE(zones[ZONE_NORMAL].free_pages) + nr_free_highpages();
}

unsigned long totalram_pages(void)
{
	return READ_ONCE(zones[ZONE_NORMAL].managed_pages) + totalhigh_pages();
}

unsigned long nr_free_highpages(void)
{
	return READ_ONCE(zones[ZONE_HIGHMEM].free_pages);
}

unsigned long totalhigh_pages(void)
{
	return READ_ONCE(zones[ZONE_HIGHMEM].managed_pages);
}

/* --- Memory from elsewhere --- */

/* Gives the reserved pages [pfn, end) to a zone. */
static void give_range(struct zone *zone, unsigned long pfn, unsigned long end)
{
	unsigned long flags;

	spin_lock_irqsave(&zone->lock, flags);
	defer_range(zone, pfn, end);
	zone->managed_pages += end - pfn;
	zone->free_pages += end - pfn;
	spin_unlock_irqrestore(&zone->lock, flags);
}

unsigned long free_reserved_area(void *start, void *end, int poison, const char *name)
{
	unsigned long pfn = PFN_UP(__pa(start)), end_pfn = PFN_DOWN(__pa(end));
	unsigned long pages = end_pfn > pfn ? end_pfn - pfn : 0, made;

	if (!pages)
		return 0;
	BUG_ON(!pfn_valid(pfn) || !pfn_valid(end_pfn - 1));
	for (made = pfn; made < min(end_pfn, first_deferred_pfn[ZONE_NORMAL]); made++)
		BUG_ON(pfn_to_page(made)->state != PAGE_NONE);
	/* Through the linear map, because the caller's own mapping may be read-only. */
	if (poison >= 0)
		memset(__va(PFN_PHYS(pfn)), poison, pages << PAGE_SHIFT);
	give_range(&zones[ZONE_NORMAL], pfn, end_pfn);
	if (name)
		pr_info("Freeing %s memory: %luK\n", name, pages << (PAGE_SHIFT - 10));
	return pages;
}

/* Pages reserved for GFP_ATOMIC: 1/256 of memory, 128 KiB to 1 MiB. */
static unsigned long reserve_for(const struct zone *zone)
{
	return clamp(zone->managed_pages / 256, 32UL, 256UL);
}

/* Sets up a zone with all memory of [start_pfn, end_pfn) that is free in memblock. */
static void __init zone_init(struct zone *zone, unsigned long start_pfn, unsigned long end_pfn)
{
	phys_addr_t pos, start, end;
	unsigned int order;

	for (order = 0; order < MAX_ORDER; order++)
		INIT_LIST_HEAD(&zone->free_area[order].free_list);
	zone->start_pfn = start_pfn;
	zone->end_pfn = end_pfn;
	deferred_init(zone);
	for_each_free_mem_range(pos, &start, &end) {
		unsigned long pfn = max(PFN_UP(start), start_pfn);
		unsigned long range_end = min(PFN_DOWN(end), end_pfn);

		if (pfn >= range_end)
			continue;
		defer_range(zone, pfn, range_end);
		zone->managed_pages += range_end - pfn;
		zone->free_pages += range_end - pfn;
	}
}

void __init page_alloc_init(void)
{
	phys_addr_t end = memblock_end_of_DRAM();

	min_low_pfn = PFN_UP(memblock_start_of_DRAM());
	max_low_pfn = PFN_DOWN(min(end, memblock.current_limit));
	max_pfn = PKMAP_SIZE ? PFN_DOWN(end) : max_low_pfn;
	lowmem.start = (unsigned long)__va(PFN_PHYS(min_low_pfn));
	mem_map = memblock_alloc_raw((max_pfn - min_low_pfn) * sizeof(*mem_map), PAGE_SIZE);
	BUG_ON(!mem_map);

	zone_init(&zones[ZONE_NORMAL], min_low_pfn, max_low_pfn);
	zone_init(&zones[ZONE_HIGHMEM], max_low_pfn, max_pfn);
	zones[ZONE_NORMAL].reserve_pages = reserve_for(&zones[ZONE_NORMAL]);
	memblock_set_current_limit(0);
}
