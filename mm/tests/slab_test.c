/* SPDX-License-Identifier: MIT */
/*
 * The caches under kmalloc: objects of every size, slabs that come and go, and the frees that must
 * be refused.
 */
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/fail_alloc.h>
#include <mm/gfp.h>
#include <mm/slab.h>
#include <mm/tests/boot_memory.h>
#include <mm/tests/slabinfo_check.h>

static int slab_test_init(struct kunit *test)
{
	boot_memory();
	return 0;
}

/* --- Slabs --- */

/* Objects of an odd size fill several slabs; emptied slabs go back, but for one. */
static void slabs_come_and_go(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("slab_test", 200, 16);
	unsigned long pages = slab_nr_pages(), caches = active_objects("kmem_cache");
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
	/* One is kept, also when it was used once more. */
	for (i = 0; i < 2; i++) {
		KUNIT_EXPECT_EQ(test, slab_nr_pages(), pages + 1);
		objects[0] = kmem_cache_alloc(cache, GFP_KERNEL);
		KUNIT_EXPECT_EQ(test, slab_nr_pages(), pages + 1);
		kmem_cache_free(cache, objects[0]);
	}
	kmem_cache_destroy(cache);
	KUNIT_EXPECT_EQ(test, slab_nr_pages(), pages);
	KUNIT_EXPECT_EQ(test, active_objects("kmem_cache"), caches - 1);
	KUNIT_EXPECT_EQ(test, active_objects("slab_test"), ~0UL);
	kmem_cache_destroy(NULL);
}

static unsigned long page_of(const void *object)
{
	return (unsigned long)object & PAGE_MASK;
}

/* A slab in use is filled before an empty one is touched: that one may go back whole. */
static void used_slabs_are_filled_first(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("slab_test", PAGE_SIZE / 2, 0);
	void *first = kmem_cache_alloc(cache, GFP_KERNEL), *second, *third, *fourth;

	second = kmem_cache_alloc(cache, GFP_KERNEL);
	third = kmem_cache_alloc(cache, GFP_KERNEL);
	KUNIT_ASSERT_TRUE(test, first && second && third);
	KUNIT_EXPECT_EQ(test, page_of(first), page_of(second));
	KUNIT_EXPECT_NE(test, page_of(first), page_of(third));
	kmem_cache_free(cache, first);
	kmem_cache_free(cache, second);
	fourth = kmem_cache_alloc(cache, GFP_KERNEL);
	KUNIT_EXPECT_EQ(test, page_of(third), page_of(fourth));
	kmem_cache_free(cache, third);
	kmem_cache_free(cache, fourth);
	kmem_cache_destroy(cache);
}

/* As many objects as fit into a page are in one slab; each keeps its bytes. */
static void expect_objects_per_slab(struct kunit *test, unsigned int size, unsigned int align,
				    unsigned int wanted)
{
	static u8 *objects[PAGE_SIZE / (2 * sizeof(void *)) + 1];
	struct kmem_cache *cache = kmem_cache_create("slab_test", size, align);
	unsigned long pages = slab_nr_pages();
	unsigned int i;

	KUNIT_ASSERT_NOT_NULL(test, cache);
	for (i = 0; i <= wanted; i++) {
		objects[i] = kmem_cache_alloc(cache, GFP_KERNEL);
		KUNIT_ASSERT_NOT_NULL(test, objects[i]);
		KUNIT_EXPECT_EQ(test, slab_nr_pages(), pages + (i < wanted ? 1 : 2));
		memset(objects[i], (u8)i, size);
	}
	for (i = 0; i <= wanted; i++) {
		KUNIT_EXPECT_TRUE(test, objects[i][0] == (u8)i && objects[i][size - 1] == (u8)i);
		kmem_cache_free(cache, objects[i]);
	}
	kmem_cache_destroy(cache);
}

/*
 * A free object holds two words, so none is smaller than that. Above, each size is rounded up to
 * the alignment; and an object of a page is the largest.
 */
static void smallest_and_largest_objects(struct kunit *test)
{
	const unsigned int word = sizeof(void *);

	expect_objects_per_slab(test, 1, 0, PAGE_SIZE / (2 * word));
	expect_objects_per_slab(test, 1, 1, PAGE_SIZE / (2 * word));
	expect_objects_per_slab(test, word + 1, 0, PAGE_SIZE / (2 * word));
	expect_objects_per_slab(test, 2 * word, 0, PAGE_SIZE / (2 * word));
	expect_objects_per_slab(test, 2 * word + 1, 0, PAGE_SIZE / (3 * word));
	expect_objects_per_slab(test, 1, 64, PAGE_SIZE / 64);
	expect_objects_per_slab(test, PAGE_SIZE / 2, 0, 2);
	expect_objects_per_slab(test, PAGE_SIZE / 2 + 1, 0, 1);
	expect_objects_per_slab(test, PAGE_SIZE, PAGE_SIZE, 1);
}

/* Sizes and alignments that no slab has. */
static void impossible_objects_are_refused(struct kunit *test)
{
	static const unsigned int wrong[][2] = {
		{ 0, 0 },
		{ PAGE_SIZE + 1, 0 },
		{ PAGE_SIZE, 2 * PAGE_SIZE },
		{ 64, 24 },
	};
	struct kmem_cache *cache;
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(wrong); i++) {
		KUNIT_EXPECT_WARNING(test, cache = kmem_cache_create("slab_test", wrong[i][0],
								     wrong[i][1]));
		KUNIT_EXPECT_NULL(test, cache);
	}
}

/* --- Wrong frees --- */

static void wrong_frees_are_refused(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("slab_test", 96, 0);
	char *other = kmalloc(96, GFP_KERNEL), *first = kmem_cache_alloc(cache, GFP_KERNEL),
	     *second, *third, *large, *behind;
	struct page *page = alloc_page(GFP_KERNEL);

	second = kmem_cache_alloc(cache, GFP_KERNEL);
	large = kmalloc(3 * PAGE_SIZE, GFP_KERNEL);
	KUNIT_ASSERT_TRUE(test, first && second && large && page);
	behind = (char *)page_of(second) + PAGE_SIZE / 96 * 96; /* all objects of its slab */
	kmem_cache_free(cache, first);
	/* Twice, and again; where no object starts; what another cache has, and what none has. */
	KUNIT_EXPECT_WARNING(test, kmem_cache_free(cache, first));
	KUNIT_EXPECT_WARNING(test, kfree(first));
	KUNIT_EXPECT_WARNING(test, kmem_cache_free(cache, second + 8));
	KUNIT_EXPECT_WARNING(test, kmem_cache_free(cache, behind));
	KUNIT_EXPECT_WARNING(test, kmem_cache_free(cache, other));
	KUNIT_EXPECT_WARNING(test, kmem_cache_free(cache, large));
	KUNIT_EXPECT_WARNING(test, kmem_cache_free(cache, &first));
	/* Inside an allocation; not of kmalloc(); not even memory that the allocator has. */
	KUNIT_EXPECT_WARNING(test, kfree(large + PAGE_SIZE));
	KUNIT_EXPECT_WARNING(test, kfree(page_address(page)));
	KUNIT_EXPECT_WARNING(test, kfree(&first));
	KUNIT_EXPECT_WARNING(test, kfree((void *)8));
	KUNIT_EXPECT_EQ(test, active_objects("slab_test"), 1UL);
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

/*
 * An object may hold any bytes, even those of a free one: then the chain of free objects decides.
 * The page was a slab of other objects before, and nothing of that chain may be left in it.
 */
static void an_object_may_look_free(struct kunit *test)
{
	struct kmem_cache *former = kmem_cache_create("slab_test", 64, 0), *cache;
	void *object = kmem_cache_alloc(former, GFP_KERNEL);
	unsigned long free_bytes[2];

	KUNIT_ASSERT_NOT_NULL(test, object);
	memset(object, 0x5a, 64);
	kmem_cache_free(former, object);
	kmem_cache_destroy(former);

	cache = kmem_cache_create("slab_test", 192, 0);
	object = kmem_cache_alloc(cache, GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, object);
	kmem_cache_free(cache, object);
	memcpy(free_bytes, object, sizeof(free_bytes));
	KUNIT_EXPECT_EQ(test, kmem_cache_alloc(cache, GFP_KERNEL), object);
	memcpy(object, free_bytes, sizeof(free_bytes));
	KUNIT_EXPECT_EQ(test, active_objects("slab_test"), 1UL);
	kmem_cache_free(cache, object);
	KUNIT_EXPECT_EQ(test, active_objects("slab_test"), 0UL);
	kmem_cache_destroy(cache);
}

/* A cache without a page for its first slab: it fails, and then works. */
static void no_page_for_a_slab(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("slab_test", 64, 0);
	unsigned long pages = slab_nr_pages();
	void *object;

	KUNIT_ASSERT_NOT_NULL(test, cache);
	page_alloc_fail_after(1);
	KUNIT_EXPECT_NULL(test, kmem_cache_alloc(cache, GFP_KERNEL | __GFP_ZERO));
	page_alloc_fail_after(0);
	KUNIT_EXPECT_EQ(test, slab_nr_pages(), pages);
	object = kmem_cache_alloc(cache, GFP_KERNEL);
	KUNIT_EXPECT_NOT_NULL(test, object);
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
}

static void slabinfo_rows(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("slab_test", 1000, 0);
	void *object = kmem_cache_alloc(cache, GFP_KERNEL);
	unsigned long slabs = 0;
	const char *row;

	KUNIT_ASSERT_NOT_NULL(test, object);
	read_slabinfo();
	KUNIT_EXPECT_EQ(test,
			strncmp(slabinfo, "slabinfo - version: 2.1\n# name            <active", 49),
			0);
	KUNIT_EXPECT_NOT_NULL(
		test,
		strstr(slabinfo, "\nslab_test              1      4   1000    4    1 "
				 ": tunables    0    0    0 : slabdata      1      1      0\n"));
	/* A slab is a page: the rows add up to what meminfo has. */
	for (row = strstr(slabinfo, "\nkmem_cache "); row[1]; row = strchr(row + 1, '\n'))
		slabs += number_in(row + 1, NUM_SLABS);
	KUNIT_EXPECT_EQ(test, slabs, slab_nr_pages());
	kmem_cache_free(cache, object);
	kmem_cache_destroy(cache);
}

static const struct kunit_case slab_cases[] = {
	KUNIT_CASE(slabs_come_and_go),
	KUNIT_CASE(used_slabs_are_filled_first),
	KUNIT_CASE(smallest_and_largest_objects),
	KUNIT_CASE(impossible_objects_are_refused),
	KUNIT_CASE(no_page_for_a_slab),
	KUNIT_CASE(wrong_frees_are_refused),
	KUNIT_CASE(an_object_may_look_free),
	KUNIT_CASE(slabinfo_rows),
	{},
};

static const struct kunit_suite slab_suite = {
	.name = "slab",
	.init = slab_test_init,
	.cases = slab_cases,
};
kunit_test_suite(slab_suite);
