/* SPDX-License-Identifier: MIT */
/*
 * A failed or removed driver leaves nothing behind (F21). Fake drivers are bound to a fake device
 * whose registers lie in a hole of the machine: they are mapped, never touched.
 */

#include <drivers/base/device.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/ioremap.h>
#include <mm/vmalloc.h>

/* Between the virtio-mmio windows and the platform bus there is nothing. */
#define HOLE      0x0b000000
#define HOLE_SIZE 0x1000

static struct resource fake_resource;
static struct platform_device fake_device;
static void __iomem *mapped[2];
static int removed;

/* What actions did, in order, as letters. */
static char trace[8];

static void note(void *letter)
{
	size_t len = strlen(trace);

	if (len + 1 < sizeof(trace))
		trace[len] = *(const char *)letter;
}

static int setup(struct kunit *test)
{
	memset(trace, 0, sizeof(trace));
	memset(&fake_device, 0, sizeof(fake_device));
	mapped[0] = mapped[1] = NULL;
	removed = 0;
	fake_resource = (struct resource){
		.start = HOLE,
		.end = HOLE + HOLE_SIZE - 1,
		.name = "fake@b000000",
		.flags = IORESOURCE_MEM,
	};
	fake_device.name = "fake";
	fake_device.resource = &fake_resource;
	fake_device.num_resources = 1;
	return 0;
}

static bool is_mapped(void __iomem *addr)
{
	return find_vm_area((__force const void *)addr) != NULL;
}

static bool is_claimed(void)
{
	return check_mem_region(HOLE, HOLE_SIZE) != 0;
}

/* Takes one of everything. */
static int take_all(struct platform_device *pdev)
{
	struct device *dev = &pdev->dev;

	if (devm_add_action(dev, note, "a") || !devm_kzalloc(dev, 100, GFP_KERNEL))
		return -ENOMEM;
	mapped[0] = devm_platform_ioremap_resource(pdev, 0);
	mapped[1] = devm_ioremap(dev, HOLE + HOLE_SIZE, HOLE_SIZE);
	if (IS_ERR_OR_NULL(mapped[0]) || !mapped[1])
		return -ENOMEM;
	return devm_add_action(dev, note, "b");
}

static int probe_well(struct platform_device *pdev)
{
	return take_all(pdev);
}

static int probe_badly(struct platform_device *pdev)
{
	int ret = take_all(pdev);

	return ret ? ret : -EIO;
}

static void count_removal(struct platform_device *pdev)
{
	removed++;
	note("r");
}

static struct platform_driver good_driver = {
	.probe = probe_well,
	.remove = count_removal,
	.driver = { .name = "fake" },
};

static struct platform_driver bad_driver = {
	.probe = probe_badly,
	.remove = count_removal,
	.driver = { .name = "fake" },
};

static void failed_probe_leaves_nothing(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, platform_device_register(&fake_device), 0);
	KUNIT_EXPECT_EQ(test, platform_driver_register(&bad_driver), 0);
	KUNIT_EXPECT_NULL(test, fake_device.dev.driver);
	KUNIT_EXPECT_NOT_NULL(test, mapped[1]);
	KUNIT_EXPECT_FALSE(test, is_mapped(mapped[0]));
	KUNIT_EXPECT_FALSE(test, is_mapped(mapped[1]));
	KUNIT_EXPECT_FALSE(test, is_claimed());
	KUNIT_EXPECT_STREQ(test, trace, "ba");
	KUNIT_EXPECT_EQ(test, removed, 0);
	platform_driver_unregister(&bad_driver);
	platform_device_unregister(&fake_device);
}

static void removed_driver_leaves_nothing(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, platform_driver_register(&good_driver), 0);
	KUNIT_EXPECT_EQ(test, platform_device_register(&fake_device), 0);
	KUNIT_EXPECT_TRUE(test, fake_device.dev.driver == &good_driver.driver);
	KUNIT_EXPECT_TRUE(test, is_mapped(mapped[0]));
	KUNIT_EXPECT_TRUE(test, is_mapped(mapped[1]));
	KUNIT_EXPECT_TRUE(test, is_claimed());
	platform_driver_unregister(&good_driver);
	KUNIT_EXPECT_FALSE(test, is_mapped(mapped[0]));
	KUNIT_EXPECT_FALSE(test, is_mapped(mapped[1]));
	KUNIT_EXPECT_FALSE(test, is_claimed());
	KUNIT_EXPECT_STREQ(test, trace, "rba");
	KUNIT_EXPECT_EQ(test, removed, 1);
	platform_device_unregister(&fake_device);
	KUNIT_EXPECT_EQ(test, removed, 1);
}

static void removed_device_leaves_nothing(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, platform_driver_register(&good_driver), 0);
	KUNIT_EXPECT_EQ(test, platform_device_register(&fake_device), 0);
	platform_device_unregister(&fake_device);
	KUNIT_EXPECT_FALSE(test, is_mapped(mapped[0]));
	KUNIT_EXPECT_FALSE(test, is_claimed());
	KUNIT_EXPECT_STREQ(test, trace, "rba");
	platform_driver_unregister(&good_driver);
}

/* The area is its caller's, and a claimed range is refused. */
static void mapping_is_named_and_exclusive(struct kunit *test)
{
	struct vm_struct *area;

	KUNIT_ASSERT_EQ(test, platform_driver_register(&good_driver), 0);
	KUNIT_EXPECT_EQ(test, platform_device_register(&fake_device), 0);
	area = find_vm_area((__force const void *)mapped[1]);
	if (area) {
		unsigned long entry = (unsigned long)devm_ioremap;

		KUNIT_EXPECT_EQ(test, area->phys_addr, (phys_addr_t)HOLE + HOLE_SIZE);
		KUNIT_EXPECT_TRUE(test, (unsigned long)area->caller - entry < 0x200);
	}
	KUNIT_EXPECT_NULL(test, request_mem_region(HOLE + 8, 8, "intruder"));
	KUNIT_EXPECT_EQ(test, PTR_ERR(devm_ioremap_resource(&fake_device.dev, &fake_resource)),
			(long)-EBUSY);
	devm_iounmap(&fake_device.dev, mapped[1]);
	KUNIT_EXPECT_FALSE(test, is_mapped(mapped[1]));
	platform_driver_unregister(&good_driver);
	platform_device_unregister(&fake_device);
}

/* A driver that waits until another one has bound. */
static bool provider_bound;
static int dependent_probes;

static int probe_provider(struct platform_device *pdev)
{
	provider_bound = true;
	return 0;
}

static int probe_dependent(struct platform_device *pdev)
{
	int ret = take_all(pdev);

	dependent_probes++;
	if (ret)
		return ret;
	return provider_bound ? 0 : -EPROBE_DEFER;
}

static struct platform_device provider_device = { .name = "fake-provider" };
static struct platform_driver provider_driver = {
	.probe = probe_provider,
	.driver = { .name = "fake-provider" },
};
static struct platform_driver dependent_driver = {
	.probe = probe_dependent,
	.driver = { .name = "fake" },
};

static void deferred_probe_is_retried(struct kunit *test)
{
	provider_bound = false;
	dependent_probes = 0;
	KUNIT_ASSERT_EQ(test, platform_device_register(&fake_device), 0);
	KUNIT_EXPECT_EQ(test, platform_driver_register(&dependent_driver), 0);
	KUNIT_EXPECT_EQ(test, dependent_probes, 1);
	KUNIT_EXPECT_FALSE(test, list_empty(&fake_device.dev.deferred));
	KUNIT_EXPECT_FALSE(test, is_claimed());
	KUNIT_EXPECT_EQ(test, platform_device_register(&provider_device), 0);
	KUNIT_EXPECT_EQ(test, platform_driver_register(&provider_driver), 0);
	KUNIT_EXPECT_EQ(test, dependent_probes, 2);
	KUNIT_EXPECT_TRUE(test, fake_device.dev.driver == &dependent_driver.driver);
	platform_driver_unregister(&dependent_driver);
	platform_driver_unregister(&provider_driver);
	platform_device_unregister(&provider_device);
	platform_device_unregister(&fake_device);
	KUNIT_EXPECT_FALSE(test, is_claimed());
}

static const struct kunit_case devres_cases[] = {
	KUNIT_CASE(failed_probe_leaves_nothing),   KUNIT_CASE(removed_driver_leaves_nothing),
	KUNIT_CASE(removed_device_leaves_nothing), KUNIT_CASE(mapping_is_named_and_exclusive),
	KUNIT_CASE(deferred_probe_is_retried),     {}
};

static const struct kunit_suite devres_suite = {
	.name = "devres",
	.init = setup,
	.cases = devres_cases,
};
kunit_test_suite(devres_suite);
