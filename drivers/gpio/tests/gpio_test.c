/* SPDX-License-Identifier: MIT */
/*
 * Pins as a driver gets them: by the tree, one user each, with the sense that the tree gives them.
 * On the machine's own PL061, at a pin that is not connected; the nodes are made up here.
 */

#include <drivers/base/device.h>
#include <drivers/gpio/gpio.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>

#define PIN 5

static __be32 reference[3];
static struct property gpios = { .name = "gpios", .length = sizeof(reference), .value = reference };
static struct device_node node = { .full_name = "user", .properties = &gpios };
static struct device_node bare_node = { .full_name = "bare" };
static struct device user;

static void refer_to(unsigned int pin, unsigned int flags)
{
	reference[1] = cpu_to_be32(pin);
	reference[2] = cpu_to_be32(flags);
}

static int setup(struct kunit *test)
{
	const struct device_node *chip = of_find_compatible_node(NULL, "arm,pl061");

	if (!chip || !chip->phandle) {
		kunit_skip(test, "this machine has no PL061");
		return 0;
	}
	memset(&user, 0, sizeof(user));
	user.init_name = "user";
	spin_lock_init(&user.devres_lock);
	INIT_LIST_HEAD(&user.devres_head);
	reference[0] = cpu_to_be32(chip->phandle);
	refer_to(PIN, 0);
	return 0;
}

static struct gpio_desc *get(enum gpiod_flags flags)
{
	return devm_fwnode_gpiod_get(&user, &node, flags, "test");
}

static void output_is_driven(struct kunit *test)
{
	struct gpio_desc *gpiod;

	if (test->skip_reason)
		return;
	gpiod = get(GPIOD_OUT_HIGH);
	KUNIT_ASSERT_FALSE(test, IS_ERR(gpiod));
	KUNIT_EXPECT_EQ(test, gpiod_get_value(gpiod), 1);
	gpiod->chip->set(gpiod->chip, PIN, 0);
	KUNIT_EXPECT_EQ(test, gpiod_get_value(gpiod), 0);
	devres_release_all(&user);
	KUNIT_ASSERT_FALSE(test, IS_ERR(get(GPIOD_OUT_LOW)));
	KUNIT_EXPECT_EQ(test, gpiod_get_value(gpiod), 0);
	devres_release_all(&user);
}

/* 1 is the low level there: of the value at first, and of what is read. */
static void active_low_is_turned_round(struct kunit *test)
{
	struct gpio_desc *gpiod;

	if (test->skip_reason)
		return;
	refer_to(PIN, GPIO_ACTIVE_LOW);
	gpiod = get(GPIOD_OUT_HIGH);
	KUNIT_ASSERT_FALSE(test, IS_ERR(gpiod));
	KUNIT_EXPECT_EQ(test, gpiod->chip->get(gpiod->chip, PIN), 0);
	KUNIT_EXPECT_EQ(test, gpiod_get_value(gpiod), 1);
	gpiod->chip->set(gpiod->chip, PIN, 1);
	KUNIT_EXPECT_EQ(test, gpiod_get_value(gpiod), 0);
	gpiod->chip->set(gpiod->chip, PIN, 0);
	devres_release_all(&user);
}

static void pin_has_one_user(struct kunit *test)
{
	struct gpio_desc *gpiod;

	if (test->skip_reason)
		return;
	gpiod = get(GPIOD_IN);
	KUNIT_ASSERT_FALSE(test, IS_ERR(gpiod));
	KUNIT_EXPECT_EQ(test, gpiod->chip->get_direction(gpiod->chip, PIN), GPIO_LINE_DIRECTION_IN);
	KUNIT_EXPECT_TRUE(test, gpiod_to_irq(gpiod) > 0);
	KUNIT_EXPECT_EQ(test, PTR_ERR(get(GPIOD_IN)), (long)-EBUSY);
	devres_release_all(&user);
	KUNIT_EXPECT_TRUE(test, get(GPIOD_IN) == gpiod);
	devres_release_all(&user);
}

static void wrong_references_are_refused(struct kunit *test)
{
	if (test->skip_reason)
		return;
	refer_to(8, 0); /* the chip has pins 0 to 7 */
	KUNIT_EXPECT_EQ(test, PTR_ERR(get(GPIOD_IN)), (long)-EINVAL);
	KUNIT_EXPECT_EQ(test, PTR_ERR(devm_fwnode_gpiod_get(&user, &bare_node, GPIOD_IN, "test")),
			(long)-ENOENT);
	KUNIT_EXPECT_TRUE(test, list_empty(&user.devres_head));
}

static const struct kunit_case gpio_cases[] = { KUNIT_CASE(output_is_driven),
						KUNIT_CASE(active_low_is_turned_round),
						KUNIT_CASE(pin_has_one_user),
						KUNIT_CASE(wrong_references_are_refused),
						{} };

static const struct kunit_suite gpio_suite = {
	.name = "gpio",
	.init = setup,
	.cases = gpio_cases,
};
kunit_test_suite(gpio_suite);
