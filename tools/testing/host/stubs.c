/* SPDX-License-Identifier: MIT */
/*
 * What the tested code imports, for a program on the host: messages, memory, TLB and caches. Each
 * function counts or logs what a test may ask for (host.h). All are weak: a test program that links
 * the kernel's own version gets that one.
 */
#include <asm/cacheflush.h>
#include <asm/current.h>
#include <asm/pgtable.h>
#include <asm/tlbflush.h>
#include <host.h>
#include <kernel/base/printk.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <mm/fail_alloc.h>
#include <mm/page.h>
#include <mm/slab.h>

#include "libc.h"

unsigned long host_irqs_off;
struct task_struct *host_current;
__weak pgd_t swapper_pg_dir[PTRS_PER_PGD];
void *high_memory = (void *)0xf0000000UL;

/* --- messages ------------------------------------------------------------------------------- */

unsigned int host_warnings;
char host_panic_text[256];
static void *panic_return[5]; /* of __builtin_setjmp() */
static bool panic_expected;

void __asan_handle_no_return(void);

__weak int printk(const char *fmt, ...)
{
	char text[1024];
	va_list args;
	int length;

	if (fmt[0] == KERN_SOH[0])
		fmt += 2;
	host_warnings += strncmp(fmt, "WARNING:", 8) == 0;
	va_start(args, fmt);
	length = vscnprintf(text, sizeof(text), fmt, args);
	va_end(args);
	host_write(text, length);
	return length;
}

__weak void panic(const char *fmt, ...)
{
	va_list args;

	va_start(args, fmt);
	vscnprintf(host_panic_text, sizeof(host_panic_text), fmt, args);
	va_end(args);
	if (panic_expected) {
		__asan_handle_no_return();
		__builtin_longjmp(panic_return, 1);
	}
	printk("Kernel panic - not syncing: %s\n", host_panic_text);
	host_abort();
}

noinline bool host_panics(void (*fn)(void *arg), void *arg)
{
	bool panicked = true;

	panic_expected = true;
	if (__builtin_setjmp(panic_return) == 0) {
		fn(arg);
		panicked = false;
	}
	panic_expected = false;
	return panicked;
}

/* --- allocation ----------------------------------------------------------------------------- */

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

void __asan_poison_memory_region(const volatile void *start, size_t size);
void __asan_unpoison_memory_region(const volatile void *start, size_t size);

/* Runs before main(). Pages that are not allocated are poisoned. */
static void __attribute__((constructor)) arena_init(void)
{
	min_low_pfn = PFN_DOWN(__pa(arena));
	max_low_pfn = min_low_pfn + ARENA_PAGES;
	__asan_poison_memory_region(arena, sizeof(arena));
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
	__asan_unpoison_memory_region(page_address(page), pages * PAGE_SIZE);
	memset(page_address(page), gfp & __GFP_ZERO ? 0 : 0xa5, pages * PAGE_SIZE);
	live_allocations++;
	return page;
}

__weak void __free_pages(struct page *page, unsigned int order)
{
	unsigned long pages = 1UL << order, i;

	if (page->state != PAGE_USED || page->order != order)
		panic("page freed twice, or with another order");
	for (i = 0; i < pages; i++)
		page[i].state = PAGE_NONE;
	__asan_poison_memory_region(page_address(page), pages * PAGE_SIZE);
	live_allocations--;
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

/* --- translations --------------------------------------------------------------------------- */

unsigned int host_nr_flushes;
struct host_flush host_flushes[HOST_FLUSHES];

__weak void flush_tlb_kernel_range(unsigned long start, unsigned long end)
{
	if (host_nr_flushes < HOST_FLUSHES)
		host_flushes[host_nr_flushes] = (struct host_flush){ start, end };
	host_nr_flushes++;
}

__weak void flush_tlb_all(void)
{
	flush_tlb_kernel_range(0, ~0UL);
}

bool host_was_flushed(unsigned long start, unsigned long end)
{
	unsigned int i;

	for (i = 0; i < host_nr_flushes && i < HOST_FLUSHES; i++)
		if (host_flushes[i].start <= start && end <= host_flushes[i].end)
			return true;
	return false;
}

void host_reset(void)
{
	host_nr_flushes = 0;
	host_warnings = 0;
	kmalloc_fail_after(0);
	page_alloc_fail_after(0);
}

__weak void flush_cache_vmap(unsigned long start, unsigned long end)
{
}

__weak void flush_cache_vunmap(unsigned long start, unsigned long end)
{
}

/* --- tables: an address space of no architecture maps nothing --------------------------------- */

__weak int vmap_pages_range(unsigned long addr, unsigned long end, pgprot_t prot,
			    struct page **pages)
{
	return 0;
}

__weak void vunmap_range(unsigned long start, unsigned long end)
{
	flush_tlb_kernel_range(start, end);
}

__weak void vunmap_range_noflush(unsigned long start, unsigned long end)
{
}
