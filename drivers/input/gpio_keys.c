/* SPDX-License-Identifier: MIT */
/*
 * Keys that are pins. The power key ends the machine; there is no one yet to tell of any other.
 *
 * Under QEMU it is pressed by `system_powerdown` in the monitor, and released a tenth of a second
 * later.
 *
 * Source: Linux's Documentation/devicetree/bindings/input/gpio-keys.yaml
 * Linux counterpart: drivers/input/keyboard/gpio_keys.c (there a key becomes an event for programs,
 * and bounces are filtered)
 */

#include <drivers/base/device.h>
#include <drivers/gpio/gpio.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <kernel/reboot.h>

#define KEY_POWER 116

struct gpio_key {
	struct device *dev;
	struct gpio_desc *gpiod;
	const char *label;
	u32 code;
};

static irqreturn_t gpio_keys_isr(int irq, void *dev_id)
{
	const struct gpio_key *key = dev_id;
	int pressed = gpiod_get_value(key->gpiod);

	dev_info(key->dev, "%s (code %u) is %s\n", key->label, key->code,
		 pressed ? "pressed" : "released");
	if (pressed && key->code == KEY_POWER)
		kernel_power_off();
	return IRQ_HANDLED;
}

static int setup_key(struct device *dev, const struct device_node *np)
{
	struct gpio_key *key = devm_kzalloc(dev, sizeof(*key), GFP_KERNEL);
	int irq;

	if (!key)
		return -ENOMEM;
	key->dev = dev;
	if (of_property_read_u32(np, "linux,code", &key->code)) {
		dev_err(dev, "%s has no linux,code\n", np->full_name);
		return -EINVAL;
	}
	if (of_property_read_string(np, "label", &key->label))
		key->label = np->full_name;
	key->gpiod = devm_fwnode_gpiod_get(dev, np, GPIOD_IN, key->label);
	if (IS_ERR(key->gpiod))
		return PTR_ERR(key->gpiod);
	irq = gpiod_to_irq(key->gpiod);
	if (irq < 0)
		return irq;
	irq_set_irq_type(irq, IRQ_TYPE_EDGE_BOTH);
	return devm_request_irq(dev, irq, gpio_keys_isr, 0, key->label, key);
}

static int gpio_keys_probe(struct platform_device *pdev)
{
	const struct device_node *np;
	int err;

	for_each_child_of_node(pdev->dev.of_node, np) {
		err = setup_key(&pdev->dev, np);
		if (err)
			return err;
	}
	return 0;
}

static const struct of_device_id gpio_keys_of_match[] = { { .compatible = "gpio-keys" }, {} };

static struct platform_driver gpio_keys_driver = {
	.probe = gpio_keys_probe,
	.driver = {
		.name = "gpio-keys",
		.of_match_table = gpio_keys_of_match,
	},
};
builtin_platform_driver(gpio_keys_driver);
