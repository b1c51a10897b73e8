/* SPDX-License-Identifier: MIT */
/*
 * Allocates and frees objects of one size from a cache, which divides pages into such objects.
 *
 * A slab is one page of objects. Its free objects are chained through their own first word. The
 * slab's struct page has the head of the chain, the count of objects in use and the cache. So an
 * object needs no header, and kfree() finds all of this from the address.
 *
 * A slab with a free object is on its cache's partial list; a full slab is on no list. Each cache
 * keeps one slab without objects in use. Any further one is freed.
 *
 * The second word of a free object holds a mark made from its address. When an object with its mark
 * is freed, it is searched for in the chain: if it is there, it was freed twice. When an object
 * without its mark is allocated, it was written to after it was freed.
 *
 * cache->lock, with interrupts off, guards the cache and its slabs. The page allocator's lock may
 * be taken inside it.
 *
 * Linux counterpart: mm/slub.c, mm/slab_common.c (per-CPU slabs, slabs of many pages).
 */
#include <mm/slab.h>

#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/base/seq_buf.h>
#include <kernel/base/spinlock.h>
#include <kernel/lib/math64.h>
#include <kernel/lib/string.h>
#include <mm/check.h>
#include <mm/fail_alloc.h>
#include <mm/page.h>

struct kmem_cache {
	const char *name;
	spinlock_t lock;
	unsigned int size;     /* of an object, as it was rounded up */
	unsigned int objects;  /* a slab */
	u32 reciprocal;        /* 2^32 / size, rounded up: divides offsets in a page */
	unsigned int nr_empty; /* slabs without an object in use */
	unsigned long nr_slabs;
	struct list_head partial; /* slabs with a free object, by page.lru; empty ones last */
	struct list_head list;    /* all caches */
};

/* The head of a free object. */
struct free_object {
	struct free_object *next;
	unsigned long mark;
};

static DEFINE_SPINLOCK(caches_lock);
static LIST_HEAD(caches);

#define PAGE_ALIGN_DOWN(ptr) ((unsigned long)(ptr) & PAGE_MASK)

static unsigned long mark_of(const struct free_object *object)
{
	return ~(unsigned long)object;
}

/* --- Slabs; the caller holds the cache's lock --- */

static __always_inline void push_free(struct page *page, struct free_object *object)
{
	object->next = page->freelist;
	object->mark = mark_of(object);
	page->freelist = object;
}

static __always_inline struct free_object *pop_free(struct page *page)
{
	struct free_object *object = page->freelist, *next = object->next;

	BUG_ON(object->mark != mark_of(object));
	BUG_ON(next && PAGE_ALIGN_DOWN(next) != PAGE_ALIGN_DOWN(object));
	page->freelist = next;
	object->mark = 0;
	return object;
}

/* Adds a slab to the partial list. Returns false without memory. */
static bool new_slab(struct kmem_cache *cache, gfp_t gfp)
{
	struct page *page = alloc_page(gfp & ~(__GFP_ZERO | __GFP_HIGHMEM));
	unsigned int i = cache->objects;

	if (!page)
		return false;
	page->state = PAGE_SLAB;
	page->slab_cache = cache;
	page->freelist = NULL;
	page->inuse = 0;
	while (i--) /* backwards, so that they are allocated in ascending order */
		push_free(page, page_address(page) + i * cache->size);
	list_add(&page->lru, &cache->partial);
	cache->nr_slabs++;
	cache->nr_empty++;
	return true;
}

static void free_slab(struct kmem_cache *cache, struct page *page)
{
	list_del(&page->lru);
	cache->nr_slabs--;
	cache->nr_empty--;
	page->state = PAGE_USED;
	__free_page(page);
}

/* The first free object of the partial slabs, or NULL. */
static __always_inline void *take_object(struct kmem_cache *cache)
{
	struct page *page;
	void *object;

	if (list_empty(&cache->partial))
		return NULL;
	page = list_first_entry(&cache->partial, struct page, lru);
	object = pop_free(page);
	if (page->inuse++ == 0)
		cache->nr_empty--;
	if (!page->freelist)
		list_del(&page->lru);
	return object;
}

static __always_inline void return_object(struct kmem_cache *cache, struct page *page, void *object)
{
	if (!page->freelist)
		list_add(&page->lru, &cache->partial);
	push_free(page, object);
	page->inuse--;
}

/* The slab has no object in use any more. */
static void keep_or_free_empty(struct kmem_cache *cache, struct page *page)
{
	cache->nr_empty++;
	if (cache->nr_empty > 1)
		free_slab(cache, page);
	else
		list_move_tail(&page->lru, &cache->partial);
}

/* Objects in use. They are not counted one by one, because only reports ask. Takes the lock. */
static unsigned long count_inuse(struct kmem_cache *cache)
{
	unsigned long flags, inuse;
	const struct page *page;

	spin_lock_irqsave(&cache->lock, flags);
	inuse = cache->nr_slabs * cache->objects;
	list_for_each_entry(page, &cache->partial, lru)
		inuse -= cache->objects - page->inuse;
	spin_unlock_irqrestore(&cache->lock, flags);
	return inuse;
}

/* Whether an object of the slab starts here. Divides without a divide instruction. */
static bool is_object(const struct kmem_cache *cache, const void *addr)
{
	unsigned int offset = (unsigned long)addr & ~PAGE_MASK;
	unsigned int index = (u64)offset * cache->reciprocal >> 32;

	return index < cache->objects && index * cache->size == offset;
}

static bool is_marked(const struct free_object *object)
{
	return object->mark == mark_of(object);
}

/* Whether an object that is marked is on the slab's chain. */
static bool is_free(const struct page *page, const struct free_object *object)
{
	const struct free_object *free;

	for (free = page->freelist; free; free = free->next)
		if (free == object)
			return true;
	return false;
}

/* --- Caches --- */

/* The cache that the caches themselves come from. */
static struct kmem_cache cache_cache;

static void init_cache(struct kmem_cache *cache, const char *name, unsigned int size)
{
	cache->name = name;
	cache->size = size;
	cache->reciprocal = div_u64((1ULL << 32) + size - 1, size);
	cache->objects = div_u64(PAGE_SIZE, size);
	spin_lock_init(&cache->lock);
	INIT_LIST_HEAD(&cache->partial);
	spin_lock(&caches_lock);
	list_add_tail(&cache->list, &caches);
	spin_unlock(&caches_lock);
}

void __init kmem_cache_bootstrap(void)
{
	init_cache(&cache_cache, "kmem_cache", sizeof(struct kmem_cache));
}

struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align)
{
	struct kmem_cache *cache;

	align = max_t(unsigned int, align, sizeof(void *));
	if (WARN_ON(!is_power_of_2(align) || !size || ALIGN(size, align) > PAGE_SIZE))
		return NULL;
	size = max_t(unsigned int, size, sizeof(struct free_object));
	cache = kmem_cache_alloc(&cache_cache, GFP_KERNEL | __GFP_ZERO);
	if (cache)
		init_cache(cache, name, ALIGN(size, align));
	return cache;
}

void kmem_cache_destroy(struct kmem_cache *cache)
{
	if (!cache || WARN(count_inuse(cache), "cache %s has objects in use", cache->name))
		return;
	while (!list_empty(&cache->partial))
		free_slab(cache, list_first_entry(&cache->partial, struct page, lru));
	spin_lock(&caches_lock);
	list_del(&cache->list);
	spin_unlock(&caches_lock);
	kmem_cache_free(&cache_cache, cache);
}

/* What kmem_cache_alloc() seldom does: allocates a slab first, or clears the object. */
static noinline void *alloc_slowly(struct kmem_cache *cache, gfp_t gfp, void *object)
{
	unsigned long flags;

	if (!object) {
		spin_lock_irqsave(&cache->lock, flags);
		if (!list_empty(&cache->partial) || new_slab(cache, gfp))
			object = take_object(cache);
		spin_unlock_irqrestore(&cache->lock, flags);
	}
	if (object && gfp & __GFP_ZERO)
		memset(object, 0, cache->size);
	return object;
}

void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp)
{
	unsigned long flags;
	void *object;

	if (should_fail_alloc(&kmalloc_failure_in))
		return NULL;
	spin_lock_irqsave(&cache->lock, flags);
	object = take_object(cache);
	spin_unlock_irqrestore(&cache->lock, flags);
	if (unlikely(!object || gfp & __GFP_ZERO))
		return alloc_slowly(cache, gfp, object);
	return object;
}

/*
 * The rare cases of slab_free(): an object that looks free, and the last one in use of its slab.
 * Apart, so that the usual case calls nothing. Releases the cache's lock.
 */
static noinline void free_rarely(struct kmem_cache *cache, struct page *page, void *objp,
				 unsigned long flags)
{
	bool twice = is_marked(objp) && is_free(page, objp);

	if (!twice) {
		return_object(cache, page, objp);
		if (!page->inuse)
			keep_or_free_empty(cache, page);
	}
	spin_unlock_irqrestore(&cache->lock, flags);
	WARN(twice, "%px of cache %s is freed twice", objp, cache->name);
}

void slab_free(struct page *page, void *objp)
{
	struct kmem_cache *cache = page->slab_cache;
	unsigned long flags;

	if (WARN(!is_object(cache, objp), "%px is not an object of cache %s", objp, cache->name))
		return;
	spin_lock_irqsave(&cache->lock, flags);
	if (unlikely(is_marked(objp) || page->inuse == 1)) {
		free_rarely(cache, page, objp, flags);
		return;
	}
	return_object(cache, page, objp);
	spin_unlock_irqrestore(&cache->lock, flags);
}

void kmem_cache_free(struct kmem_cache *cache, void *objp)
{
	struct page *page = lowmem_page(objp);

	if (WARN(!page || page->state != PAGE_SLAB || page->slab_cache != cache,
		 "%px is not an object of cache %s", objp, cache->name))
		return;
	slab_free(page, objp);
}

/* --- Checks (mm/check.h) --- */

/* The chain of free objects; with those in use, they are all. */
static void check_slab(struct mm_check *check, const struct kmem_cache *cache,
		       const struct page *page)
{
	const struct free_object *object = page->freelist;
	unsigned int n = page->inuse;

	if (page->state != PAGE_SLAB || page->slab_cache != cache || !object) {
		mm_check_fail(check, "a cache's list has a page that is not its slab",
			      (unsigned long)page_address(page));
		return;
	}
	for (; object && n < cache->objects; object = object->next, n++) {
		if (virt_to_page(object) != page || !is_object(cache, object) ||
		    !is_marked(object)) {
			mm_check_fail(check, "a free object was written to", (unsigned long)object);
			return;
		}
	}
	if (object || n != cache->objects)
		mm_check_fail(check, "a slab has another number of objects in use",
			      (unsigned long)page_address(page));
}

static void check_cache(struct mm_check *check, struct kmem_cache *cache)
{
	unsigned int empty = 0;
	const struct page *page;
	unsigned long flags;

	spin_lock_irqsave(&cache->lock, flags);
	list_for_each_entry(page, &cache->partial, lru) {
		check_slab(check, cache, page);
		empty += !page->inuse;
		if (check->error)
			break; /* the list may lead anywhere */
	}
	if (empty != cache->nr_empty || empty > 1)
		mm_check_fail(check, "a cache has another number of empty slabs",
			      (unsigned long)cache);
	spin_unlock_irqrestore(&cache->lock, flags);
}

void check_slabs(struct mm_check *check)
{
	unsigned long pfn, pages = 0, end = first_deferred_pfn[ZONE_NORMAL];
	struct kmem_cache *cache;

	spin_lock(&caches_lock);
	list_for_each_entry(cache, &caches, list)
		check_cache(check, cache);
	spin_unlock(&caches_lock);
	for (pfn = min_low_pfn; pfn < end; pfn++)
		pages += pfn_to_page(pfn)->state == PAGE_SLAB;
	if (pages != slab_nr_pages())
		mm_check_fail(check, "the states of pages and the caches differ", pages);
}

/* --- Reports --- */

unsigned long slab_nr_pages(void)
{
	const struct kmem_cache *cache;
	unsigned long pages = 0;

	spin_lock(&caches_lock);
	list_for_each_entry(cache, &caches, list)
		pages += cache->nr_slabs;
	spin_unlock(&caches_lock);
	return pages;
}

void slabinfo_show(struct seq_buf *m)
{
	struct kmem_cache *cache;

	seq_buf_puts(m, "slabinfo - version: 2.1\n"
			"# name            <active_objs> <num_objs> <objsize> <objperslab> "
			"<pagesperslab> : tunables <limit> <batchcount> <sharedfactor> : slabdata "
			"<active_slabs> <num_slabs> <sharedavail>\n");
	spin_lock(&caches_lock);
	list_for_each_entry(cache, &caches, list) {
		seq_buf_printf(m, "%-17s %6lu %6lu %6u %4u %4d", cache->name, count_inuse(cache),
			       cache->nr_slabs * cache->objects, cache->size, cache->objects, 1);
		seq_buf_printf(m, " : tunables %4u %4u %4u : slabdata %6lu %6lu %6lu\n", 0, 0, 0,
			       cache->nr_slabs, cache->nr_slabs, 0UL);
	}
	spin_unlock(&caches_lock);
}
