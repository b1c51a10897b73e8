/* SPDX-License-Identifier: MIT */
/* What kfree() and the caches say to a wrong caller: in a warning, or in a panic. */
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/macros.h>
#include <mm/gfp.h>
#include <mm/slab.h>
#include <mm/tests/boot_memory.h>

static int slab_hosttest_init(struct kunit *test)
{
	boot_memory();
	return 0;
}

/* A wrong free warns, once; a right one does not. */
static void only_wrong_frees_warn(struct kunit *test)
{
	struct kmem_cache *cache = kmem_cache_create("host_test", 96, 0);
	char *small = kmalloc(10, GFP_KERNEL), *large = kmalloc(KMALLOC_MAX_SIZE, GFP_KERNEL);
	char *object = kmem_cache_alloc(cache, GFP_KERNEL);

	KUNIT_ASSERT_TRUE(test, small && large && object);
	host_reset();
	kfree(NULL);
	kmem_cache_destroy(NULL);
	kfree(small);
	kmem_cache_free(cache, object);
	KUNIT_EXPECT_EQ(test, host_warnings, 0U);
	kfree(small);
	KUNIT_EXPECT_EQ(test, host_warnings, 1U);
	kfree(large + PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, host_warnings, 2U);
	kmem_cache_free(cache, object);
	KUNIT_EXPECT_EQ(test, host_warnings, 3U);
	kmem_cache_free(cache, object + 1);
	KUNIT_EXPECT_EQ(test, host_warnings, 4U);
	kfree(large);
	kmem_cache_destroy(cache);
	KUNIT_EXPECT_EQ(test, host_warnings, 4U);
}

/* What a use after free may write: which word of a free object, and what. */
struct stray_write {
	struct kmem_cache *cache;
	unsigned int word;
	unsigned long value;
};

static void write_after_free(void *arg)
{
	struct stray_write *stray = arg;
	unsigned long *object = kmem_cache_alloc(stray->cache, GFP_KERNEL);

	kmem_cache_free(stray->cache, object);
	object[stray->word] = stray->value;
	kmem_cache_alloc(stray->cache, GFP_KERNEL);
}

/* Noticed when the object is allocated again. Its cache stays locked, so each write has its own. */
static void use_after_free_is_a_bug(struct kunit *test)
{
	static unsigned long elsewhere[2];
	struct stray_write strays[] = {
		{ .word = 1, .value = 1 },
		{ .word = 1, .value = 0 },
		{ .word = 0, .value = (unsigned long)elsewhere },
	};
	unsigned int i;

	for (i = 0; i < ARRAY_SIZE(strays); i++) {
		strays[i].cache = kmem_cache_create("victim", 64, 0);
		if (!host_panics(write_after_free, &strays[i]))
			KUNIT_FAIL(test, "write %u was not noticed", i);
	}
}

static const struct kunit_case slab_host_cases[] = {
	KUNIT_CASE(only_wrong_frees_warn),
	KUNIT_CASE(use_after_free_is_a_bug),
	{},
};

static const struct kunit_suite slab_host_suite = {
	.name = "slab_host",
	.init = slab_hosttest_init,
	.cases = slab_host_cases,
};
kunit_test_suite(slab_host_suite);
