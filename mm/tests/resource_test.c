/* SPDX-License-Identifier: MIT */
/* The resource tree, on trees of the test's own: the real ones are left alone. */
#include <mm/resource.h>

#include <kernel/base/kunit.h>
#include <kernel/base/seq_buf.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>

#define CLAIMED (0UL + (IORESOURCE_BUSY | IORESOURCE_MEM | IORESOURCE_PREFETCH))

static struct resource root;

static int setup(struct kunit *test)
{
	root = (struct resource){
		.name = "root", .start = 0x1000, .end = 0xffff, .flags = IORESOURCE_MEM
	};
	return 0;
}

#define RANGE(from, to) { .name = #from, .start = (from), .end = (to), .flags = IORESOURCE_MEM }

static void siblings_ascend_test(struct kunit *test)
{
	struct resource a = RANGE(0x1000, 0x1fff), b = RANGE(0x2000, 0x2fff),
			c = RANGE(0xf000, 0xffff);

	KUNIT_EXPECT_EQ(test, request_resource(&root, &b), 0);
	KUNIT_EXPECT_EQ(test, request_resource(&root, &c), 0);
	KUNIT_EXPECT_EQ(test, request_resource(&root, &a), 0);
	KUNIT_EXPECT_TRUE(test, root.child == &a && a.sibling == &b && b.sibling == &c);
	KUNIT_EXPECT_NULL(test, c.sibling);
	KUNIT_EXPECT_TRUE(test, a.parent == &root && b.parent == &root && c.parent == &root);
	KUNIT_EXPECT_EQ(test, resource_size(&a), 0x1000ULL);
}

static void conflicts_are_refused_test(struct kunit *test)
{
	struct resource owner = RANGE(0x4000, 0x4fff);
	struct resource bad[] = {
		RANGE(0x4000, 0x4fff),  RANGE(0x4fff, 0x5000), RANGE(0x3000, 0x4000),
		RANGE(0x4800, 0x4801),  RANGE(0x3000, 0x6000), RANGE(0xfff, 0x1000),
		RANGE(0xffff, 0x10000), RANGE(0x6001, 0x6000),
	};
	unsigned int i;

	request_resource(&root, &owner);
	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		KUNIT_EXPECT_EQ(test, request_resource(&root, &bad[i]), -EBUSY);
		KUNIT_EXPECT_NULL(test, bad[i].parent);
	}
	KUNIT_EXPECT_TRUE(test, root.child == &owner);
	KUNIT_EXPECT_NULL(test, owner.sibling);
}

static void whole_address_space_test(struct kunit *test)
{
	struct resource all = RANGE(0, ~0ULL), last = RANGE(~0ULL, ~0ULL);

	root.start = 0;
	root.end = ~0ULL;
	KUNIT_EXPECT_NULL(test, __request_region(&root, 0, 0, "empty", 0));
	KUNIT_EXPECT_EQ(test, __check_region(&root, 0, 0), -EBUSY);
	KUNIT_EXPECT_EQ(test, request_resource(&root, &all), 0);
	KUNIT_EXPECT_EQ(test, request_resource(&all, &last), 0);
	KUNIT_EXPECT_NULL(test, __request_region(&root, ~0ULL, 2, "wraps", 0));
	KUNIT_EXPECT_EQ(test, iomem_resource.end, ~0ULL);
}

static void release_test(struct kunit *test)
{
	struct resource a = RANGE(0x2000, 0x2fff), b = RANGE(0x4000, 0x4fff),
			in = RANGE(0x2100, 0x21ff);
	struct resource twin = RANGE(0x2000, 0x2fff);

	request_resource(&root, &a);
	request_resource(&root, &b);
	request_resource(&a, &in);
	twin.parent = &root;
	KUNIT_EXPECT_EQ(test, release_resource(&twin), -EINVAL);
	KUNIT_EXPECT_EQ(test, release_resource(&root), -EINVAL);
	KUNIT_EXPECT_EQ(test, release_resource(&a), 0);
	KUNIT_EXPECT_TRUE(test, root.child == &b);
	KUNIT_EXPECT_NULL(test, a.parent);
	KUNIT_EXPECT_EQ(test, release_resource(&a), -EINVAL);
	KUNIT_EXPECT_EQ(test, release_resource(&b), 0);
	KUNIT_EXPECT_NULL(test, root.child);
}

static void request_region_goes_down_test(struct kunit *test)
{
	struct resource bus = RANGE(0x2000, 0x5fff), device = RANGE(0x3000, 0x3fff);
	struct resource *claim;

	request_resource(&root, &bus);
	request_resource(&bus, &device);
	claim = __request_region(&root, 0x3800, 0x100, "driver", IORESOURCE_PREFETCH);
	KUNIT_ASSERT_NOT_NULL(test, claim);
	KUNIT_EXPECT_TRUE(test, claim->parent == &device && device.child == claim);
	KUNIT_EXPECT_EQ(test, claim->start, 0x3800ULL);
	KUNIT_EXPECT_EQ(test, claim->end, 0x38ffULL);
	KUNIT_EXPECT_STREQ(test, claim->name, "driver");
	KUNIT_EXPECT_EQ(test, claim->flags, CLAIMED);

	/* Busy, or only partly inside: refused at every level. */
	KUNIT_EXPECT_NULL(test, __request_region(&root, 0x3800, 0x10, "inside a busy one", 0));
	KUNIT_EXPECT_NULL(test, __request_region(&root, 0x3000, 0x1000, "around a busy one", 0));
	KUNIT_EXPECT_NULL(test, __request_region(&root, 0x3ff0, 0x20, "across a border", 0));
	KUNIT_EXPECT_EQ(test, __check_region(&root, 0x38ff, 1), -EBUSY);
	KUNIT_EXPECT_EQ(test, __check_region(&root, 0x3900, 0), -EBUSY);
	KUNIT_EXPECT_EQ(test, __check_region(&root, 0x3900, 0x10), 0);
	KUNIT_EXPECT_NULL(test, claim->sibling);
	__release_region(&root, 0x3800, 0x100);
	KUNIT_EXPECT_NULL(test, device.child);
}

static void release_region_wants_the_exact_range_test(struct kunit *test)
{
	struct resource device = RANGE(0x3000, 0x3fff);
	struct resource *claim;

	request_resource(&root, &device);
	claim = __request_region(&root, 0x3100, 0x100, "driver", 0);
	__release_region(&root, 0x3100, 0xff);
	__release_region(&root, 0x3101, 0xff);
	__release_region(&root, 0x30ff, 0x101);
	__release_region(&root, 0x3100, 0);
	__release_region(&root, 0x3000, 0x1000);
	__release_region(&root, 0x8000, 0x1000);
	KUNIT_EXPECT_TRUE(test, device.child == claim && root.child == &device);
	__release_region(&root, 0x3100, 0x100);
	KUNIT_EXPECT_NULL(test, device.child);
	__release_region(&root, 0x3100, 0x100);
}

static void show_all(struct seq_buf *seq, char *text, size_t size)
{
	struct seq_pos pos = {};

	seq_buf_init(seq, text, size);
	while (resource_show(seq, &pos, &root))
		;
}

static void show_test(struct kunit *test)
{
	struct resource ram = RANGE(0x2000, 0x6fff), code = RANGE(0x3000, 0x3fff),
			data = RANGE(0x5000, 0x5fff);
	struct resource far = RANGE(0x4010000000, 0x401fffffff);
	struct seq_buf seq;
	char text[256];

	root.end = ~0ULL;
	ram.name = "System RAM";
	code.name = "Kernel code";
	data.name = NULL;
	request_resource(&root, &far);
	request_resource(&root, &ram);
	request_resource(&ram, &data);
	request_resource(&ram, &code);
	show_all(&seq, text, sizeof(text));
	KUNIT_EXPECT_STREQ(test, text,
			   "00002000-00006fff : System RAM\n"
			   "  00003000-00003fff : Kernel code\n"
			   "  00005000-00005fff : <BAD>\n"
			   "4010000000-401fffffff : 0x4010000000\n");
	root.child = NULL;
	show_all(&seq, text, sizeof(text));
	KUNIT_EXPECT_STREQ(test, text, "");
}

/* A parent and its first child that start together are two rows; rows come and go between reads. */
static void rows_come_and_go_test(struct kunit *test)
{
	struct resource ram = RANGE(0x2000, 0x6fff), code = RANGE(0x2000, 0x3fff),
			low = RANGE(0x1000, 0x1fff), high = RANGE(0x8000, 0x8fff);
	struct seq_pos pos = {};
	struct seq_buf seq;
	char text[256];

	root = (struct resource){ .name = "root", .end = ~0ULL };
	request_resource(&root, &ram);
	request_resource(&ram, &code);
	seq_buf_init(&seq, text, sizeof(text));
	KUNIT_EXPECT_TRUE(test, resource_show(&seq, &pos, &root));
	request_resource(&root, &low);
	KUNIT_EXPECT_TRUE(test, resource_show(&seq, &pos, &root));
	release_resource(&code);
	request_resource(&root, &high);
	KUNIT_EXPECT_TRUE(test, resource_show(&seq, &pos, &root));
	KUNIT_EXPECT_FALSE(test, resource_show(&seq, &pos, &root));
	KUNIT_EXPECT_STREQ(test, text,
			   "00002000-00006fff : 0x2000\n"
			   "  00002000-00003fff : 0x2000\n"
			   "00008000-00008fff : 0x8000\n");
	root.child = NULL;
}

#define PAGES 32

/* Random claims and releases of whole pages against an array of owners. */
static void random_claims_test(struct kunit *test)
{
	unsigned int length[PAGES] = { 0 }, first, n, i, step, random = 88172645U;
	bool used[PAGES] = { false }, is_free;

	root = (struct resource){ .name = "root", .end = PAGES * 0x1000 - 1 };
	for (step = 0; step < 5000; step++) {
		random = random * 1664525 + 1013904223;
		first = random >> 27;
		n = 1 + ((random >> 20) & 3);
		if (length[first] == n) {
			__release_region(&root, first * 0x1000, n * 0x1000);
			length[first] = 0;
			for (i = 0; i < n; i++)
				used[first + i] = false;
		}
		is_free = first + n <= PAGES;
		for (i = 0; is_free && i < n; i++)
			is_free = !used[first + i];
		if (!is_free)
			continue;
		KUNIT_ASSERT_EQ(test, __check_region(&root, first * 0x1000, n * 0x1000), 0);
		KUNIT_ASSERT_NOT_NULL(test,
				      __request_region(&root, first * 0x1000, n * 0x1000, "x", 0));
		KUNIT_ASSERT_EQ(test, __check_region(&root, (first + n) * 0x1000 - 1, 1), -EBUSY);
		length[first] = n;
		for (i = 0; i < n; i++)
			used[first + i] = true;
	}
	for (first = 0; first < PAGES; first++)
		if (length[first])
			__release_region(&root, first * 0x1000, length[first] * 0x1000);
	KUNIT_EXPECT_NULL(test, root.child);
}

static const struct kunit_case cases[] = {
	KUNIT_CASE(siblings_ascend_test),
	KUNIT_CASE(conflicts_are_refused_test),
	KUNIT_CASE(whole_address_space_test),
	KUNIT_CASE(release_test),
	KUNIT_CASE(request_region_goes_down_test),
	KUNIT_CASE(release_region_wants_the_exact_range_test),
	KUNIT_CASE(show_test),
	KUNIT_CASE(rows_come_and_go_test),
	KUNIT_CASE(random_claims_test),
	{},
};

static const struct kunit_suite resource_suite = {
	.name = "resource",
	.init = setup,
	.cases = cases,
};
kunit_test_suite(resource_suite);
