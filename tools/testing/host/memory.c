/* SPDX-License-Identifier: MIT */
/*
 * Memory for a program on the host, as stubs.c has all else: kmalloc() from the C library, pages
 * from an arena. A test program that links the kernel's allocators gets those.
 */
#include <host.h>
#include <kernel/base/panic.h>
#include <kernel/lib/string.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/page.h>
#include <mm/slab.h>

#include "libc.h"

/* AddressSanitizer's own, NULL in a program without it. GCC would not let its names be weak. */
#define ASAN(function) __asm__("__asan_" #function) __weak
void asan_poison(const volatile void *start, size_t size) ASAN(poison_memory_region);
void asan_unpoison(const volatile void *start, size_t size) ASAN(unpoison_memory_region);

static unsigned int live_allocations;
static bool slab_available = true;

unsigned int host_live_allocations(void)
{
	return live_allocations;
}

void host_set_slab_available(bool available)
{
	slab_available = available;
}

__weak bool slab_is_available(void)
{
	return slab_available;
}

__weak void *kmalloc(size_t size, gfp_t gfp)
{
	void *object;

	if (!size || should_fail_alloc(&kmalloc_failure_in))
		return NULL;
	live_allocations++;
	object = host_alloc(size, 1);
	if (gfp & __GFP_ZERO)
		memset(object, 0, size);
	return object;
}

__weak void *kzalloc(size_t size, gfp_t gfp)
{
	return kmalloc(size, gfp | __GFP_ZERO);
}

__weak void *kcalloc(size_t n, size_t size, gfp_t gfp)
{
	size_t bytes;

	return __builtin_mul_overflow(n, size, &bytes) ? NULL : kzalloc(bytes, gfp);
}

__weak void kfree(const void *object)
{
	if (!object)
		return;
	live_allocations--;
	host_free((void *)object);
}

/* --- pages: an arena with a mem_map, so that page_address() and virt_to_page() hold ----------- */

#define ARENA_PAGES 4096

static char arena[ARENA_PAGES * 4096] __aligned(4096);
static struct page arena_map[ARENA_PAGES];

__weak struct page *mem_map = arena_map;
__weak unsigned long min_low_pfn;
__weak unsigned long max_low_pfn;
__weak struct lowmem lowmem;
__weak unsigned long first_deferred_pfn[MAX_NR_ZONES];

/* Runs before main(). Pages that are not allocated are poisoned, where something looks at that. */
static void __attribute__((constructor)) arena_init(void)
{
	min_low_pfn = PFN_DOWN(__pa(arena));
	max_low_pfn = min_low_pfn + ARENA_PAGES;
	lowmem = (struct lowmem){ (unsigned long)arena, sizeof(arena) };
	first_deferred_pfn[ZONE_NORMAL] = max_low_pfn;
	if (asan_poison)
		asan_poison(arena, sizeof(arena));
}

void clear_page(void *addr)
{
	memset(addr, 0, PAGE_SIZE);
}

static void note_pages(enum host_op op, const char *word, struct page *page, unsigned long pages)
{
	unsigned long addr = (unsigned long)page_address(page);

	host_note(op, word, addr, addr + pages * PAGE_SIZE);
}

/* First fit: the first naturally aligned run of free pages. -1 when there is none. */
static long find_free_run(unsigned long pages)
{
	unsigned long pfn, run;

	for (pfn = ALIGN(min_low_pfn, pages); pfn + pages <= max_low_pfn; pfn += pages) {
		for (run = 0; run < pages && pfn_to_page(pfn + run)->state == PAGE_NONE; run++)
			;
		if (run == pages)
			return pfn;
	}
	return -1;
}

__weak struct page *alloc_pages(gfp_t gfp, unsigned int order)
{
	unsigned long pages = 1UL << order, i;
	long pfn = should_fail_alloc(&page_alloc_failure_in) ? -1 : find_free_run(pages);
	struct page *page;

	if (pfn < 0)
		return NULL;
	page = pfn_to_page(pfn);
	for (i = 0; i < pages; i++)
		page[i].state = PAGE_USED;
	page->order = order;
	if (asan_unpoison)
		asan_unpoison(page_address(page), pages * PAGE_SIZE);
	memset(page_address(page), gfp & __GFP_ZERO ? 0 : 0xa5, pages * PAGE_SIZE);
	live_allocations++;
	note_pages(HOST_ALLOC, "alloc", page, pages);
	return page;
}

__weak void __free_pages(struct page *page, unsigned int order)
{
	unsigned long pages = 1UL << order, i;

	if (page->state != PAGE_USED || page->order != order)
		panic("page freed twice, or with another order");
	for (i = 0; i < pages; i++)
		page[i].state = PAGE_NONE;
	if (asan_poison)
		asan_poison(page_address(page), pages * PAGE_SIZE);
	note_pages(HOST_FREE, "free", page, pages);
	live_allocations--;
}

__weak unsigned long alloc_pages_bulk_array(gfp_t gfp, unsigned long nr, struct page **pages)
{
	unsigned long done;

	for (done = 0; done < nr; done++) {
		pages[done] = alloc_page(gfp);
		if (!pages[done])
			break;
	}
	return done;
}

__weak void release_pages(struct page **pages, unsigned long nr)
{
	for (; nr; nr--)
		__free_page(*pages++);
}

__weak unsigned long __get_free_pages(gfp_t gfp, unsigned int order)
{
	struct page *page = alloc_pages(gfp, order);

	return page ? (unsigned long)page_address(page) : 0;
}

__weak unsigned long get_zeroed_page(gfp_t gfp)
{
	return __get_free_pages(gfp | __GFP_ZERO, 0);
}

__weak void free_pages(unsigned long addr, unsigned int order)
{
	if (addr)
		__free_pages(virt_to_page((void *)addr), order);
}
