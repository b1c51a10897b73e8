/* SPDX-License-Identifier: MIT */
/*
 * Devices whose probe waits for another device: on the same bus or on another one, they are tried
 * again when that is bound, and listed until then. Two fake buses; nothing is mapped.
 */

#include <drivers/base/device.h>
#include <kernel/base/kunit.h>
#include <kernel/base/seq_buf.h>
#include <kernel/fs/fs.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>

static bool match_by_name(const struct device *dev, const struct device_driver *drv)
{
	return !strcmp(dev_name(dev), drv->name);
}

static int probe_fake(struct device *dev);

static void remove_fake(struct device *dev)
{
}

static struct bus_type upper = {
	.name = "upper",
	.match = match_by_name,
	.probe = probe_fake,
	.remove = remove_fake,
	BUS_LISTS(upper),
};
static struct bus_type lower = {
	.name = "lower",
	.match = match_by_name,
	.probe = probe_fake,
	.remove = remove_fake,
	BUS_LISTS(lower),
};

/* The consumer needs the provider. The host registers the consumer. */
static struct device consumer = { .init_name = "fake-consumer", .bus = &lower };
static struct device provider = { .init_name = "fake-provider", .bus = &upper };
static struct device host = { .init_name = "fake-host", .bus = &upper };
static struct device_driver consumer_driver = { .name = "fake-consumer" };
static struct device_driver provider_driver = { .name = "fake-provider" };
static struct device_driver host_driver = { .name = "fake-host" };
static bool provided;
static int consumer_probes;

static int probe_fake(struct device *dev)
{
	int ret = 0;

	if (dev == &consumer) {
		consumer_probes++;
		return provided ? 0 : -EPROBE_DEFER;
	}
	if (dev == &host)
		ret = device_register(&consumer);
	provided = true;
	return ret;
}

/* Whether the file has a row of the consumer's. */
static bool is_listed(struct kunit *test)
{
	struct file *file = filp_open("/sys/kernel/debug/devices_deferred", O_RDONLY, 0);
	char text[256] = "";
	loff_t pos = 0;

	KUNIT_EXPECT_FALSE(test, IS_ERR(file));
	if (IS_ERR(file))
		return false;
	KUNIT_EXPECT_TRUE(test, kernel_read(file, text, sizeof(text) - 1, &pos) >= 0);
	fput(file);
	return strstr(text, "fake-consumer\t\n");
}

static int setup(struct kunit *test)
{
	provided = false;
	consumer_probes = 0;
	return 0;
}

/* The consumer waits on one bus until the provider is bound on the other. */
static void provider_may_be_on_another_bus(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, driver_register(&lower, &consumer_driver), 0);
	KUNIT_EXPECT_EQ(test, device_register(&consumer), 0);
	KUNIT_EXPECT_TRUE(test, is_listed(test));
	KUNIT_EXPECT_EQ(test, device_register(&provider), 0);
	KUNIT_EXPECT_EQ(test, consumer_probes, 1);
	KUNIT_EXPECT_EQ(test, driver_register(&upper, &provider_driver), 0);
	KUNIT_EXPECT_EQ(test, consumer_probes, 2);
	KUNIT_EXPECT_TRUE(test, consumer.driver == &consumer_driver);
	KUNIT_EXPECT_FALSE(test, is_listed(test));
	driver_unregister(&upper, &provider_driver);
	driver_unregister(&lower, &consumer_driver);
	device_unregister(&provider);
	device_unregister(&consumer);
}

/* A probe that has registered a device of another bus is over before that device is tried again. */
static void device_registered_in_a_probe(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, driver_register(&lower, &consumer_driver), 0);
	KUNIT_EXPECT_EQ(test, device_register(&host), 0);
	KUNIT_EXPECT_EQ(test, driver_register(&upper, &host_driver), 0);
	KUNIT_EXPECT_EQ(test, consumer_probes, 2);
	KUNIT_EXPECT_TRUE(test, consumer.driver == &consumer_driver);
	driver_unregister(&upper, &host_driver);
	driver_unregister(&lower, &consumer_driver);
	device_unregister(&host);
	device_unregister(&consumer);
}

static void removed_device_no_longer_waits(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, driver_register(&lower, &consumer_driver), 0);
	KUNIT_EXPECT_EQ(test, device_register(&consumer), 0);
	KUNIT_EXPECT_TRUE(test, is_listed(test));
	device_unregister(&consumer);
	KUNIT_EXPECT_FALSE(test, is_listed(test));
	driver_unregister(&lower, &consumer_driver);
}

static const struct kunit_case deferred_cases[] = {
	KUNIT_CASE(provider_may_be_on_another_bus),
	KUNIT_CASE(device_registered_in_a_probe),
	KUNIT_CASE(removed_device_no_longer_waits),
	{},
};

static const struct kunit_suite deferred_suite = {
	.name = "deferred",
	.init = setup,
	.cases = deferred_cases,
};
kunit_test_suite(deferred_suite);
