/* SPDX-License-Identifier: MIT */
/*
 * Serves kmalloc() from ten caches, and requests above a page from the page allocator.
 *
 * A small request takes an object of the smallest fitting size (mm/slab.c). A large one takes a
 * block, whose struct page is marked PAGE_KMALLOC so that kfree() recognises it.
 *
 * Besides the powers of two there are 96 and 192 bytes: the sizes just above 64 and 128 are common
 * and would waste nearly half.
 *
 * Linux counterpart: mm/slab_common.c
 */
#include <mm/slab.h>

#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/lib/string.h>
#include <mm/fail_alloc.h>
#include <mm/page.h>

static const struct {
	const char *name;
	unsigned int size;
} classes[] = {
	{ "kmalloc-32", 32 },   { "kmalloc-64", 64 },   { "kmalloc-96", 96 },
	{ "kmalloc-128", 128 }, { "kmalloc-192", 192 }, { "kmalloc-256", 256 },
	{ "kmalloc-512", 512 }, { "kmalloc-1k", 1024 }, { "kmalloc-2k", 2048 },
	{ "kmalloc-4k", 4096 },
};

static struct kmem_cache *kmalloc_caches[ARRAY_SIZE(classes)];
static bool kmalloc_ready;

bool slab_is_available(void)
{
	return kmalloc_ready;
}

void __init kmem_cache_init(void)
{
	unsigned int i;

	kmem_cache_bootstrap();
	for (i = 0; i < ARRAY_SIZE(classes); i++) {
		unsigned int size = classes[i].size;

		kmalloc_caches[i] = kmem_cache_create(classes[i].name, size, size & -size);
		BUG_ON(!kmalloc_caches[i]);
	}
	kmalloc_ready = true;
}

/* The smallest class that holds size: up to 192 by steps of 32, above by powers of two. */
static const u8 small_class[] = { 0, 1, 2, 3, 4, 4 };

static unsigned int large_class(size_t size)
{
	return fls_long(size - 1) - 3;
}

static void *kmalloc_large(size_t size, gfp_t gfp)
{
	struct page *page;

	if (size > KMALLOC_MAX_SIZE || should_fail_alloc(&kmalloc_failure_in))
		return NULL;
	page = alloc_pages(gfp & ~__GFP_HIGHMEM, get_order(size));
	if (!page)
		return NULL;
	page->state = PAGE_KMALLOC;
	return page_address(page);
}

void *kmalloc(size_t size, gfp_t gfp)
{
	unsigned long step = (size - 1) / 32; /* of size 0, it is the largest number */

	if (step < ARRAY_SIZE(small_class))
		return kmem_cache_alloc(kmalloc_caches[small_class[step]], gfp);
	if (!size)
		return NULL;
	if (size > KMALLOC_MAX_CACHE_SIZE)
		return kmalloc_large(size, gfp);
	return kmem_cache_alloc(kmalloc_caches[large_class(size)], gfp);
}

void *kzalloc(size_t size, gfp_t gfp)
{
	return kmalloc(size, gfp | __GFP_ZERO);
}

void *kcalloc(size_t n, size_t size, gfp_t gfp)
{
	size_t bytes;

	/* A product that wraps would be a block too short for n elements. */
	if (__builtin_mul_overflow(n, size, &bytes))
		return NULL;
	return kzalloc(bytes, gfp);
}

char *kstrdup(const char *s, gfp_t gfp)
{
	size_t size = strlen(s) + 1;
	char *copy = kmalloc(size, gfp);

	return copy ? memcpy(copy, s, size) : NULL;
}

void kfree(const void *objp)
{
	struct page *page = lowmem_page(objp);

	if (page && page->state == PAGE_SLAB) {
		slab_free(page, (void *)objp);
		return;
	}
	if (!objp || WARN(!page || page->state != PAGE_KMALLOC || !PAGE_ALIGNED(objp),
			  "%px is not from kmalloc(), or freed already", objp))
		return;
	page->state = PAGE_USED;
	__free_pages(page, page->order);
}
