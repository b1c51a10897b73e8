/* SPDX-License-Identifier: MIT */
/*
 * kmalloc: every size, the cache that serves it, what is refused, and contents that stay.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/slab.h>
#include <mm/tests/boot_memory.h>
#include <mm/tests/slabinfo_check.h>

static int kmalloc_test_init(struct kunit *test)
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

/* At both ends of what a cache of kmalloc() serves. */
static void smallest_class_that_fits(struct kunit *test)
{
	static const struct {
		const char *name;
		size_t first, last;
	} classes[] = {
		{ "kmalloc-32", 1, 32 },      { "kmalloc-64", 33, 64 },
		{ "kmalloc-96", 65, 96 },     { "kmalloc-128", 97, 128 },
		{ "kmalloc-192", 129, 192 },  { "kmalloc-256", 193, 256 },
		{ "kmalloc-512", 257, 512 },  { "kmalloc-1k", 513, 1024 },
		{ "kmalloc-2k", 1025, 2048 }, { "kmalloc-4k", 2049, 4096 },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(classes); i++) {
		unsigned long before = active_objects(classes[i].name);
		void *first = kmalloc(classes[i].first, GFP_KERNEL);
		void *last = kmalloc(classes[i].last, GFP_KERNEL);

		KUNIT_EXPECT_EQ(test, active_objects(classes[i].name), before + 2);
		KUNIT_EXPECT_EQ(test, cache_number(classes[i].name, OBJSIZE), classes[i].last);
		KUNIT_EXPECT_EQ(test, cache_number(classes[i].name, OBJPERSLAB),
				PAGE_SIZE / classes[i].last);
		kfree(first);
		kfree(last);
		KUNIT_EXPECT_EQ(test, active_objects(classes[i].name), before);
	}
}

/* More than a cache has comes as pages; the largest block there is, too, if memory has one. */
static void large_objects_are_pages(struct kunit *test)
{
	unsigned long free = nr_free_pages();
	void *object = kmalloc(KMALLOC_MAX_CACHE_SIZE + 1, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, object);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), free - 2);
	kfree(object);
	object = kmalloc(KMALLOC_MAX_SIZE, GFP_KERNEL);
	if (object)
		KUNIT_EXPECT_EQ(test, nr_free_pages(), free - (1UL << (MAX_ORDER - 1)));
	kfree(object);
	KUNIT_EXPECT_EQ(test, nr_free_pages(), free);
}

static void refused_sizes(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, kmalloc(0, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kmalloc(KMALLOC_MAX_SIZE + 1, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kmalloc(~(size_t)0, GFP_KERNEL));
	KUNIT_EXPECT_NULL(test, kcalloc(~(size_t)0 / 2, 4, GFP_KERNEL));
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

static void planned_failure(struct kunit *test)
{
	void *object;

	kmalloc_fail_after(2);
	object = kmalloc(10, GFP_KERNEL);
	KUNIT_EXPECT_NOT_NULL(test, object);
	KUNIT_EXPECT_NULL(test, kmalloc(10000, GFP_KERNEL));
	kfree(object);
	kmalloc_fail_after(1);
	KUNIT_EXPECT_NULL(test, kmalloc(10, GFP_KERNEL));
	kmalloc_fail_after(1);
	KUNIT_EXPECT_NULL(test, kmem_cache_create("no memory", 10, 0));
	object = kzalloc(10, GFP_KERNEL);
	KUNIT_EXPECT_NOT_NULL(test, object);
	kfree(object);

	page_alloc_fail_after(1);
	KUNIT_EXPECT_NULL(test, kmalloc(10000, GFP_KERNEL));
	page_alloc_fail_after(0);
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

static const struct kunit_case kmalloc_cases[] = {
	KUNIT_CASE(every_size),
	KUNIT_CASE(smallest_class_that_fits),
	KUNIT_CASE(large_objects_are_pages),
	KUNIT_CASE(refused_sizes),
	KUNIT_CASE(zeroed_objects),
	KUNIT_CASE(planned_failure),
	KUNIT_CASE(random_objects),
	{},
};

static const struct kunit_suite kmalloc_suite = {
	.name = "kmalloc",
	.init = kmalloc_test_init,
	.cases = kmalloc_cases,
};
kunit_test_suite(kmalloc_suite);
