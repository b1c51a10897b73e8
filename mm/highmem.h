/* SPDX-License-Identifier: MIT */
/*
 * High memory: RAM that the linear map has no room for. The page allocator hands it out to who maps
 * pages anyway: vmalloc and user space. When the kernel itself must look at such a page, it maps
 * it for a moment into the window at PKMAP_BASE. Low memory costs nothing here: its address is the
 * one it always has; and where all memory is low, that is all that is left of these calls.
 *
 * Linux counterpart: include/linux/highmem.h, highmem-internal.h
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/string.h>
#include <mm/page.h>

/* What the calls below come down to for high memory. */
void *__kmap_high(struct page *page);
void *__kmap_local_high(struct page *page);
void __kunmap_high(const void *addr);

/*
 * An address for page until the matching kunmap(); the same one for all who ask meanwhile. NULL
 * when the window is full (Linux sleeps until it is not). Any context.
 */
static inline void *kmap(struct page *page)
{
	return PageHighMem(page) ? __kmap_high(page) : page_address(page);
}

/* Undo one kmap(). After the last one the address faults. */
static inline void kunmap(struct page *page)
{
	if (PageHighMem(page))
		__kunmap_high(page->virtual);
}

/*
 * The same for a few lines of code that neither sleep nor call what may: never NULL, since a part
 * of the window is kept for it. Any context.
 */
static inline void *kmap_local_page(struct page *page)
{
	return PageHighMem(page) ? __kmap_local_high(page) : page_address(page);
}

/* addr is any address in the page that kmap_local_page() returned. */
static inline void kunmap_local(const void *addr)
{
	if ((unsigned long)addr - PKMAP_BASE < PKMAP_SIZE)
		__kunmap_high(addr);
}

static inline void clear_highpage(struct page *page)
{
	void *addr = kmap_local_page(page);

	memset(addr, 0, PAGE_SIZE);
	kunmap_local(addr);
}

static inline void copy_highpage(struct page *to, struct page *from)
{
	void *dst = kmap_local_page(to);
	const void *src = kmap_local_page(from);

	memcpy(dst, src, PAGE_SIZE);
	kunmap_local(src);
	kunmap_local(dst);
}

/*
 * Boot: hang the window's table into swapper_pg_dir. From paging_init(), where there is a window.
 */
void kmap_init(void);
