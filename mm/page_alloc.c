/* SPDX-License-Identifier: MIT */
/*
 * Allocates and frees blocks of 2^order pages, as a buddy system.
 *
 * Each order has one list of free blocks, which are aligned to their size. For a small request a
 * larger block is halved, and the other half, its buddy, becomes free. When both halves are free
 * again, they are merged. The first page numbers of two buddies differ in one bit, so a buddy is
 * found by its number.
 *
 * Invariants: the first page of a free block, and no other, is PAGE_FREE and on the list of its
 * order. Two buddies are never both free. A page that was reserved at boot is PAGE_NONE, so no
 * block is merged with it.
 *
 * Memory in the linear map and high memory have each a set of lists, a zone. Blocks never cross the
 * border. Requests that accept high memory are served from it first. Low memory is kept for
 * requests that need the linear map.
 *
 * The last few low pages are reserved for GFP_ATOMIC requests, which cannot wait. So an interrupt
 * can allocate when processes have taken all other memory. zone->lock guards everything; any
 * context.
 *
 * Linux counterpart: mm/page_alloc.c (more zones, nodes, per-CPU lists, reclaim).
 */
#include <mm/gfp.h>

#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/base/printk.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/spinlock.h>
#include <kernel/lib/string.h>
#include <mm/fail_alloc.h>
#include <mm/highmem.h>
#include <mm/memblock.h>
#include <mm/page.h>

struct free_area {
	struct list_head free_list; /* of page.lru */
	unsigned long nr_free;      /* blocks */
};

/* One kind of memory, all of it in pages [start_pfn, end_pfn). Zones do not overlap. */
struct zone {
	const char *name;
	spinlock_t lock;
	unsigned long start_pfn, end_pfn;
	unsigned long managed_pages; /* ever given to the zone */
	unsigned long free_pages;
	unsigned long reserve_pages; /* for GFP_ATOMIC only */
	struct free_area free_area[MAX_ORDER];
};

struct page *mem_map;
unsigned long min_low_pfn;
unsigned long max_low_pfn;
unsigned long max_pfn;
struct lowmem lowmem;

/* The most valuable memory first. */
enum zone_type { ZONE_NORMAL, ZONE_HIGHMEM, MAX_NR_ZONES };

static struct zone zones[MAX_NR_ZONES] = {
	[ZONE_NORMAL] = { .name = "Normal", .lock = __SPIN_LOCK_UNLOCKED },
	[ZONE_HIGHMEM] = { .name = "HighMem", .lock = __SPIN_LOCK_UNLOCKED },
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

	/* A number outside the zone has no struct page, or one of the other zone and its lock. */
	if (order == MAX_ORDER - 1 || buddy_pfn < zone->start_pfn || buddy_pfn >= zone->end_pfn)
		return NULL;
	buddy = pfn_to_page(buddy_pfn);
	return buddy->state == PAGE_FREE && buddy->order == order ? buddy : NULL;
}

static void free_block(struct zone *zone, unsigned long pfn, unsigned int order)
{
	struct page *buddy;

	zone->free_pages += 1UL << order;
	while ((buddy = free_buddy(zone, pfn, order))) {
		remove_block(zone, buddy);
		pfn &= ~(1UL << order);
		order++;
	}
	add_block(zone, pfn_to_page(pfn), order);
}

/* Takes the smallest block that is large enough, and halves it down to the size requested. */
static struct page *take_block(struct zone *zone, unsigned int order)
{
	unsigned int o = order;
	struct page *page;

	while (o < MAX_ORDER && list_empty(&zone->free_area[o].free_list))
		o++;
	if (o == MAX_ORDER)
		return NULL;
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
	free_block(zone, page_to_pfn(page), order);
	spin_unlock_irqrestore(&zone->lock, flags);
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

/* Gives the pages of [pfn, end) to a zone, in the largest blocks that their alignment allows. */
static void add_range(struct zone *zone, unsigned long pfn, unsigned long end)
{
	unsigned long flags;
	unsigned int order;

	spin_lock_irqsave(&zone->lock, flags);
	while (pfn < end) {
		order = pfn ? min_t(unsigned int, __ffs(pfn), MAX_ORDER - 1) : MAX_ORDER - 1;
		while (pfn + (1UL << order) > end)
			order--;
		free_block(zone, pfn, order);
		zone->managed_pages += 1UL << order;
		pfn += 1UL << order;
	}
	spin_unlock_irqrestore(&zone->lock, flags);
}

unsigned long free_reserved_area(void *start, void *end, int poison, const char *name)
{
	unsigned long pfn = PFN_UP(__pa(start)), end_pfn = PFN_DOWN(__pa(end));
	unsigned long pages = end_pfn > pfn ? end_pfn - pfn : 0, i;

	for (i = 0; i < pages; i++)
		BUG_ON(!pfn_valid(pfn + i) || pfn_to_page(pfn + i)->state != PAGE_NONE);
	/* Through the linear map, because the caller's own mapping may be read-only. */
	if (pages && poison >= 0)
		memset(__va(PFN_PHYS(pfn)), poison, pages << PAGE_SHIFT);
	add_range(&zones[ZONE_NORMAL], pfn, pfn + pages);
	if (pages && name)
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
	for_each_free_mem_range(pos, &start, &end)
		add_range(zone, max(PFN_UP(start), start_pfn), min(PFN_DOWN(end), end_pfn));
}

void __init page_alloc_init(void)
{
	phys_addr_t end = memblock_end_of_DRAM();

	min_low_pfn = PFN_UP(memblock_start_of_DRAM());
	max_low_pfn = PFN_DOWN(min(end, memblock.current_limit));
	max_pfn = PKMAP_SIZE ? PFN_DOWN(end) : max_low_pfn;
	lowmem.start = (unsigned long)__va(PFN_PHYS(min_low_pfn));
	lowmem.size = (max_low_pfn - min_low_pfn) << PAGE_SHIFT;
	mem_map = memblock_alloc((max_pfn - min_low_pfn) * sizeof(*mem_map), PAGE_SIZE);
	BUG_ON(!mem_map);

	zone_init(&zones[ZONE_NORMAL], min_low_pfn, max_low_pfn);
	zone_init(&zones[ZONE_HIGHMEM], max_low_pfn, max_pfn);
	zones[ZONE_NORMAL].reserve_pages = reserve_for(&zones[ZONE_NORMAL]);
	memblock_set_current_limit(0);
}

/* --- Report --- */

static void show_zone(struct seq_buf *m, struct zone *zone)
{
	unsigned long flags;
	unsigned int order;

	seq_buf_printf(m, "Node 0, zone %8s ", zone->name);
	spin_lock_irqsave(&zone->lock, flags);
	for (order = 0; order < MAX_ORDER; order++)
		seq_buf_printf(m, "%6lu ", zone->free_area[order].nr_free);
	spin_unlock_irqrestore(&zone->lock, flags);
	seq_buf_putc(m, '\n');
}

void buddyinfo_show(struct seq_buf *m)
{
	struct zone *zone;

	for (zone = zones; zone < zones + MAX_NR_ZONES; zone++)
		if (zone->managed_pages)
			show_zone(m, zone);
}
