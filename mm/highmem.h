/* SPDX-License-Identifier: MIT */
/*
 * Declares kmap() and its relatives, which give the kernel an address for any page.
 *
 * High memory is RAM that the linear map has no room for. The page allocator gives it to requests
 * that map pages anyway: vmalloc and user space. When the kernel itself must access such a page, it
 * maps it for a short time into the window at PKMAP_BASE. A page of low memory keeps its address in
 * the linear map. Where all memory is low, the compiler removes the rest of these calls.
 *
 * Linux counterpart: include/linux/highmem.h, highmem-internal.h
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/string.h>
#include <mm/page.h>

/* The calls below, for pages of high memory. */
void *__kmap_high(struct page *page);
void *__kmap_local_high(struct page *page);
void __kunmap_high(const void *addr);

/*
 * Returns an address for page, valid until the matching kunmap(). Several users of a page get the
 * same address. NULL when the window is full (Linux sleeps instead). Any context.
 */
static inline void *kmap(struct page *page)
{
	return PageHighMem(page) ? __kmap_high(page) : page_address(page);
}

/* Undoes one kmap(). After the last one the address faults. */
static inline void kunmap(struct page *page)
{
	if (PageHighMem(page))
		__kunmap_high(page->virtual);
}

/*
 * The same for a few lines of code that neither sleep nor call code that sleeps. Never NULL,
 * because a part of the window is reserved for it. Any context.
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

	clear_page(addr);
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
 * Boot: enters the window's table in swapper_pg_dir. From paging_init(), where there is a window.
 */
void kmap_init(void);
