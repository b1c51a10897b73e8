/* SPDX-License-Identifier: MIT */
/*
 * The page allocator: a buddy system. Free memory is kept as blocks of 2^order pages, each aligned
 * to its size, on one list an order. To serve a small request a larger block is halved, and the
 * other half, its buddy, becomes free. When both halves are free again they become the larger
 * block: the buddy's number differs from the block's in exactly one bit, so finding it costs
 * nothing.
 *
 * Invariants: the first page of a free block, and no other, is PAGE_FREE and on the list of its
 * order; two free buddies never stand side by side. A page that was reserved at boot is PAGE_NONE
 * and so is nobody's buddy.
 *
 * The last few pages are kept for those who cannot wait (GFP_ATOMIC): an interrupt still finds
 * memory when processes have taken all they can get. zone->lock guards everything; any context.
 *
 * Linux counterpart: mm/page_alloc.c (many zones and nodes, per-CPU lists, reclaim).
 */
#include <mm/gfp.h>

#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/base/printk.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/spinlock.h>
#include <kernel/lib/string.h>
#include <mm/fail_alloc.h>
#include <mm/memblock.h>
#include <mm/page.h>

struct free_area {
	struct list_head free_list; /* of page.lru */
	unsigned long nr_free;      /* blocks */
};

/* One kind of memory. There is one so far: all of it is in the linear map. */
struct zone {
	const char *name;
	spinlock_t lock;
	unsigned long managed_pages; /* ever given to the zone */
	unsigned long free_pages;
	unsigned long reserve_pages; /* for GFP_ATOMIC only */
	struct free_area free_area[MAX_ORDER];
};

struct page *mem_map;
unsigned long min_low_pfn;
unsigned long max_low_pfn;

static struct zone zone_normal = { .name = "Normal", .lock = __SPIN_LOCK_UNLOCKED };

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

/* The free block that forms a larger one together with this block, or NULL. */
static struct page *free_buddy(unsigned long pfn, unsigned int order)
{
	unsigned long buddy_pfn = pfn ^ (1UL << order);
	struct page *buddy;

	if (order == MAX_ORDER - 1 || !pfn_valid(buddy_pfn))
		return NULL;
	buddy = pfn_to_page(buddy_pfn);
	return buddy->state == PAGE_FREE && buddy->order == order ? buddy : NULL;
}

static void free_block(struct zone *zone, unsigned long pfn, unsigned int order)
{
	struct page *buddy;

	zone->free_pages += 1UL << order;
	while ((buddy = free_buddy(pfn, order))) {
		remove_block(zone, buddy);
		pfn &= ~(1UL << order);
		order++;
	}
	add_block(zone, pfn_to_page(pfn), order);
}

/* The smallest block that is large enough, halved until it has the size asked for. */
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

struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	struct zone *zone = &zone_normal;
	struct page *page = NULL;
	unsigned long flags;

	if (order >= MAX_ORDER || should_fail_alloc(&page_alloc_failure_in))
		return NULL;
	spin_lock_irqsave(&zone->lock, flags);
	if (enough_left(zone, gfp, order))
		page = take_block(zone, order);
	spin_unlock_irqrestore(&zone->lock, flags);
	if (page && gfp & __GFP_ZERO)
		memset(page_address(page), 0, PAGE_SIZE << order);
	return page;
}

void __free_pages(struct page *page, unsigned int order)
{
	struct zone *zone = &zone_normal;
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
	return READ_ONCE(zone_normal.free_pages);
}

unsigned long totalram_pages(void)
{
	return READ_ONCE(zone_normal.managed_pages);
}

/* --- Memory from elsewhere --- */

/* Give the pages of [pfn, end) to a zone, in the largest blocks that their alignment allows. */
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
	/* Through the linear map: the caller's own mapping may be read-only. */
	if (pages && poison >= 0)
		memset(__va(PFN_PHYS(pfn)), poison, pages << PAGE_SHIFT);
	add_range(&zone_normal, pfn, pfn + pages);
	if (pages && name)
		pr_info("Freeing %s memory: %luK\n", name, pages << (PAGE_SHIFT - 10));
	return pages;
}

/* Pages that processes leave to interrupts: 1/256 of memory, 128 KiB to 1 MiB. */
static unsigned long reserve_for(const struct zone *zone)
{
	return clamp(zone->managed_pages / 256, 32UL, 256UL);
}

void __init page_alloc_init(void)
{
	struct zone *zone = &zone_normal;
	phys_addr_t pos, start, end, limit = memblock.current_limit;
	unsigned int order;

	for (order = 0; order < MAX_ORDER; order++)
		INIT_LIST_HEAD(&zone->free_area[order].free_list);

	min_low_pfn = PFN_UP(memblock_start_of_DRAM());
	max_low_pfn = PFN_DOWN(min(memblock_end_of_DRAM(), limit));
	mem_map = memblock_alloc((max_low_pfn - min_low_pfn) * sizeof(*mem_map), PAGE_SIZE);
	BUG_ON(!mem_map);

	for_each_free_mem_range(pos, &start, &end)
		if (start < limit)
			add_range(zone, PFN_UP(start), PFN_DOWN(min(end, limit)));
	zone->reserve_pages = reserve_for(zone);
}

/* --- Report --- */

void buddyinfo_show(struct seq_buf *m)
{
	struct zone *zone = &zone_normal;
	unsigned long flags;
	unsigned int order;

	seq_buf_printf(m, "Node 0, zone %8s ", zone->name);
	spin_lock_irqsave(&zone->lock, flags);
	for (order = 0; order < MAX_ORDER; order++)
		seq_buf_printf(m, "%6lu ", zone->free_area[order].nr_free);
	spin_unlock_irqrestore(&zone->lock, flags);
	seq_buf_putc(m, '\n');
}
