/* SPDX-License-Identifier: MIT */
/*
 * Declares kmalloc(), and caches of objects of one size.
 *
 * kmalloc() serves sizes up to a page from caches of a few sizes, and larger ones from the page
 * allocator. kmem_cache_create() makes a cache for another size. All calls may be called in any
 * context, with GFP_ATOMIC from interrupts. Objects lie in the linear map. A size of 2^n (from 32
 * on) is aligned to itself up to a page, others to 32 bytes.
 *
 * Linux counterpart: include/linux/slab.h
 */
#pragma once

#include <kernel/lib/types.h>
#include <mm/gfp.h>

#define KMALLOC_MIN_SIZE       32
#define KMALLOC_MAX_CACHE_SIZE 4096
#define KMALLOC_MAX_SIZE       (PAGE_SIZE << (MAX_ORDER - 1))

/* size bytes, contents undefined. NULL when size is 0 or too large, or memory is short. */
void *kmalloc(size_t size, gfp_t gfp);

/* The same, zeroed; kcalloc: n elements, also NULL when n * size wraps. */
void *kzalloc(size_t size, gfp_t gfp);

/* A copy of the string s, or NULL. */
char *kstrdup(const char *s, gfp_t gfp);
void *kcalloc(size_t n, size_t size, gfp_t gfp);

/* Frees; NULL is ignored. What kmalloc() did not return, or is free already, is a warning only. */
void kfree(const void *objp);

/* Whether kmalloc() can be called yet. Any time. */
bool slab_is_available(void);

/* Boot, after page_alloc_init(): from here on kmalloc() and caches can be used. */
void kmem_cache_init(void);

/* Its first step: the cache that caches come from. */
void kmem_cache_bootstrap(void);

struct kmem_cache;

/*
 * A cache of objects of size bytes (up to a page), aligned to align (a power of two, 0: pointers).
 * name must stay. NULL when the size does not fit or memory is short. Process context.
 * Linux has flags and a constructor besides; nothing here needs them.
 */
struct kmem_cache *kmem_cache_create(const char *name, unsigned int size, unsigned int align);

/* Frees a cache; warns and keeps it when objects are in use. NULL is ignored. Process context. */
void kmem_cache_destroy(struct kmem_cache *cache);

/* One object, or NULL. With __GFP_ZERO zeroed. */
void *kmem_cache_alloc(struct kmem_cache *cache, gfp_t gfp);

/* Frees an object to the cache that it came from; otherwise as kfree(). */
void kmem_cache_free(struct kmem_cache *cache, void *objp);

/* The same for kfree(), which has looked up the page of the object: a slab. */
struct page;
void slab_free(struct page *page, void *objp);

/* Pages that caches hold now, free objects included. */
unsigned long slab_nr_pages(void);

struct seq_buf;

/* /proc/slabinfo, version 2.1. */
void slabinfo_show(struct seq_buf *m);
