/* SPDX-License-Identifier: MIT */
/*
 * kmalloc and the caches under it: sizes, alignment, contents that stay, slabs that come and go,
 * and the frees that must be refused.
 */
#include <kernel/base/kunit.h>
#include <kernel/base/seq_buf.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/slab.h>
#include <mm/tests/boot_memory.h>

static int slab_test_init(struct kunit *test)
{
	boot_memory();
	return 0;
}

static void every_size(struct kunit *test)
{
	static const size_t sizes[] = { 1,    31,   32,   33,   63,    64,    65,   96,
					97,   128,  129,  192,  193,   256,   257,  511,
					512,  513,  1024, 1025, 2047,  2048,  2049, 4095,
					4096, 4097, 8192, 8193, 65536, 100000 };
	char *objects[ARRAY_SIZE(sizes)];
	unsigned int i;

	KUNIT_EXPECT_TRUE(test, slab_is_available());
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		objects[i] = kmalloc(sizes[i], GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, objects[i]);
		memset(objects[i], i, sizes[i]);
		if (is_power_of_2(sizes[i]) && sizes[i] >= KMALLOC_MIN_SIZE)
			KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)objects[i],
							   min_t(size_t, sizes[i], PAGE_SIZE)));
		KUNIT_EXPECT_TRUE(test, IS_ALIGNED((unsigned long)objects[i], KMALLOC_MIN_SIZE));
	}
	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		KUNIT_EXPECT_EQ(test, objects[i][0], (char)i);
		KUNIT_EXPECT_EQ(test, objects[i][sizes[i] - 1], (char)i);
		kfree(objects[i]);
	}
}

static void refused_sizes(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, kmalloc(0, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kmalloc(KMALLOC_MAX_SIZE + 1, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kmalloc(~(size_t)0, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kcalloc(~(size_t)0 / 2, 4, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kstrdup(NULL, GFP_KERNEL));
	kfree(NULL);
}

static void zeroed_objects(struct kunit *test)
{
	static const size_t sizes[] = { 40, 500, 9000 };
	unsigned int i, at;

	for (i = 0; i < ARRAY_SIZE(sizes); i++) {
		char *object = kmalloc(sizes[i], GFP_KERNEL);

		KUNIT_ASSERT_NOT_NULL(test, object);
		memset(object, 0x5a, sizes[i]);
		kfree(object);
		object = i % 2 ? kcalloc(sizes[i] / 10, 10, GFP_KERNEL)
			       : kzalloc(sizes[i], GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, object);
		for (at = 0; at < sizes[i]; at++)
			KUNIT_ASSERT_EQ(test, object[at], 0);
		kfree(object);
	}
}

static void string_copies(struct kunit *test)
{
	const char *text = "of_iomap";
	char *copy = kstrdup(text, GFP_KERNEL), *empty = kstrdup("", GFP_ATOMIC);

	KUNIT_ASSERT_TRUE(test, copy && empty);
	KUNIT_EXPECT_STREQ(test, copy, text);
	KUNIT_EXPECT_STREQ(test, empty, "");
	kfree(copy);
	kfree(empty);
}

/* Objects of an odd size fill several slabs; emptied slabs go back, but for one. */
static void slabs_come_and_go(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("slab_test", 200, 16);
	unsigned long pages = slab_nr_pages();
	char *objects[100];
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, cache);
	for (i = 0; i < 100; i++) {
		objects[i] = kmem_cache_alloc(cache, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, objects[i]);
		KUNIT_EXPECT_EQ(test, (unsigned long)objects[i] & 15, 0);
		memset(objects[i], i, 200);
	}
	/* 19 objects of 208 bytes a page */
	KUNIT_EXPECT_EQ(test, slab_nr_pages(), pages + 6);
	for (i = 0; i < 100; i++) {
		KUNIT_EXPECT_TRUE(test, objects[i][0] == i && objects[i][199] == i);
		kmem_cache_free(cache, objects[i]);
	}
	KUNIT_EXPECT_EQ(test, slab_nr_pages(), pages + 1);
	kmem_cache_destroy(cache);
	KUNIT_EXPECT_EQ(test, slab_nr_pages(), pages);
	KUNIT_EXPECT_WARNING(test, cache = kmem_cache_create("too large", PAGE_SIZE + 1, 0));
	KUNIT_EXPECT_NULL(test, cache);
	kmem_cache_destroy(NULL);
}

static void wrong_frees_are_refused(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("slab_test", 96, 0);
	char *other = kmalloc(96, GFP_KERNEL), *first = kmem_cache_alloc(cache, GFP_KERNEL),
	     *second, *third, *large;
	struct page *page = alloc_page(GFP_KERNEL);

	second = kmem_cache_alloc(cache, GFP_KERNEL);
	large = kmalloc(3 * PAGE_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_TRUE(test, first && second && large && page);
	kmem_cache_free(cache, first);
	/* Twice, and again; where no object starts; what another cache has, and what none has. */
	KUNIT_EXPECT_WARNING(test, kmem_cache_free(cache, first));
	KUNIT_EXPECT_WARNING(test, kfree(first));
	KUNIT_EXPECT_WARNING(test, kmem_cache_free(cache, second + 8));
	KUNIT_EXPECT_WARNING(test, kmem_cache_free(cache, other));
	KUNIT_EXPECT_WARNING(test, kmem_cache_free(cache, large));
	/* Inside an allocation; not of kmalloc(); not even memory that the allocator has. */
	KUNIT_EXPECT_WARNING(test, kfree(large + PAGE_SIZE));
	KUNIT_EXPECT_WARNING(test, kfree(page_address(page)));
	KUNIT_EXPECT_WARNING(test, kfree(&first));
	KUNIT_EXPECT_WARNING(test, kfree((void *)8));
	/* The free list is sound: two allocations, two objects. */
	first = kmem_cache_alloc(cache, GFP_KERNEL);
	third = kmem_cache_alloc(cache, GFP_KERNEL);
	KUNIT_EXPECT_TRUE(test, first != second && first != third && second != third);
	kmem_cache_free(cache, first);
	kmem_cache_free(cache, second);
	KUNIT_EXPECT_WARNING(test, kmem_cache_destroy(cache)); /* one object is still in use */
	kmem_cache_free(cache, third);
	kmem_cache_destroy(cache);
	kfree(other);
	kfree(large);
	__free_page(page);
}

#define SLOTS 128

static void random_objects(struct kunit *test)
{
	struct {
		u8 *object;
		unsigned int size;
	} slots[SLOTS] = { { 0 } }, *slot;
	u32 random = 3, step;

	for (step = 0; step < 10000 + SLOTS; step++) {
		random = random * 1664525 + 1013904223;
		/* In the end all are freed. */
		slot = &slots[step < 10000 ? random >> 8 & (SLOTS - 1) : step - 10000];
		if (slot->object) {
			KUNIT_ASSERT_EQ(test, slot->object[0], (u8)slot->size);
			KUNIT_ASSERT_EQ(test, slot->object[slot->size - 1], (u8)slot->size);
			kfree(slot->object);
			slot->object = NULL;
		} else if (step < 10000) {
			slot->size = 1 + ((random >> 16) & (16383u >> (random >> 30) * 3));
			slot->object = kmalloc(slot->size, GFP_ATOMIC);
			if (slot->object)
				memset(slot->object, slot->size, slot->size);
		}
	}
}

static void planned_failure(struct kunit *test)
{
	void *object;

	kmalloc_fail_after(2);
	object = kmalloc(10, GFP_KERNEL);
	KUNIT_EXPECT_NOT_NULL(test, object);
	KUNIT_EXPECT_NULL(test, kmalloc(10000, GFP_KERNEL));
	kfree(object);
	object = kzalloc(10, GFP_KERNEL);
	KUNIT_EXPECT_NOT_NULL(test, object);
	kfree(object);

	/* No page for a new slab. */
	page_alloc_fail_after(1);
	KUNIT_EXPECT_NULL(test, kmalloc(10000, GFP_KERNEL));
	page_alloc_fail_after(0);
}

static void slabinfo_rows(struct kunit *test)
{
	static char text[4096];
	struct kmem_cache *cache = kmem_cache_create("slab_test", 1000, 0);
	void *object = kmem_cache_alloc(cache, GFP_KERNEL);
	struct seq_buf m;

	KUNIT_ASSERT_NOT_NULL(test, object);
	seq_buf_init(&m, text, sizeof(text));
	slabinfo_show(&m);
	KUNIT_EXPECT_EQ(test,
			strncmp(text, "slabinfo - version: 2.1\n# name            <active", 49), 0);
	KUNIT_EXPECT_NOT_NULL(
		test, strstr(text, "\nslab_test              1      4   1000    4    1 "
				   ": tunables    0    0    0 : slabdata      1      1      0\n"));
	KUNIT_EXPECT_NOT_NULL(test, strstr(text, "\nkmalloc-192 "));
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
}

static const struct kunit_case slab_cases[] = {
	KUNIT_CASE(every_size),        KUNIT_CASE(refused_sizes),
	KUNIT_CASE(zeroed_objects),    KUNIT_CASE(string_copies),
	KUNIT_CASE(slabs_come_and_go), KUNIT_CASE(wrong_frees_are_refused),
	KUNIT_CASE(random_objects),    KUNIT_CASE(planned_failure),
	KUNIT_CASE(slabinfo_rows),     {},
};

static const struct kunit_suite slab_suite = {
	.name = "slab",
	.init = slab_test_init,
	.cases = slab_cases,
};
kunit_test_suite(slab_suite);
