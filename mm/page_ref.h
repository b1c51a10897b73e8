/* SPDX-License-Identifier: MIT */
/*
 * Counts the owners of a page that has several: a program and its child, a file, an area of vmalloc
 * space. The last one that puts the page frees it.
 *
 * Most pages have one owner, and no count. Who makes a page that will be shared calls
 * init_page_count() first. Any context; the counts are atomic.
 *
 * Linux counterpart: include/linux/page_ref.h, mm.h (there every page has a count)
 */
#pragma once

#include <mm/gfp.h>
#include <mm/page.h>

/* Gives a new page a count, with one owner: the caller. */
static inline void init_page_count(struct page *page)
{
	page->refcount = 1;
}

/* One more owner. The caller is one, or holds what keeps an owner alive. */
static inline void get_page(struct page *page)
{
	__atomic_fetch_add(&page->refcount, 1, __ATOMIC_RELAXED);
}

/* One owner less. Each owner's accesses come before the last one's freeing. */
static inline void put_page(struct page *page)
{
	if (__atomic_fetch_sub(&page->refcount, 1, __ATOMIC_ACQ_REL) == 1)
		__free_page(page);
}
