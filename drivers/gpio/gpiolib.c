/* SPDX-License-Identifier: MIT */
/*
 * Brings pins and their users together, and shows them in /sys/kernel/debug/gpio.
 *
 * Linux counterpart: drivers/gpio/gpiolib.c, gpiolib-of.c, gpiolib-devres.c
 */

#include <drivers/base/device.h>
#include <drivers/gpio/gpio.h>
#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/base/initcall.h>
#include <kernel/base/seq_buf.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <kernel/sched/mutex.h>

static DEFINE_MUTEX(gpio_lock); /* the list of chips, and who has which pin */
static LIST_HEAD(gpio_chips);

static unsigned int offset_of(const struct gpio_desc *desc)
{
	return desc - desc->chip->descs;
}

/* --- Chips --- */

static void remove_chip(void *data)
{
	struct gpio_chip *gc = data;
	unsigned int i;

	mutex_lock(&gpio_lock);
	list_del(&gc->node);
	mutex_unlock(&gpio_lock);
	for (i = 0; i < gc->ngpio; i++)
		WARN(gc->descs[i].label, "%s goes, and \"%s\" still has its pin %u", gc->label,
		     gc->descs[i].label, i);
}

int devm_gpiochip_add_data(struct device *dev, struct gpio_chip *gc, void *data)
{
	unsigned int i;

	gc->data = data;
	gc->descs = devm_kzalloc(dev, gc->ngpio * sizeof(*gc->descs), GFP_KERNEL);
	if (!gc->descs)
		return -ENOMEM;
	for (i = 0; i < gc->ngpio; i++)
		gc->descs[i].chip = gc;
	mutex_lock(&gpio_lock);
	list_add_tail(&gc->node, &gpio_chips);
	mutex_unlock(&gpio_lock);
	return devm_add_action_or_reset(dev, remove_chip, gc);
}

/* --- Finding and claiming a pin --- */

static struct gpio_chip *find_chip(const struct device_node *np)
{
	struct gpio_chip *gc;

	list_for_each_entry(gc, &gpio_chips, node) {
		if (gc->parent->of_node == np)
			return gc;
	}
	return NULL;
}

/* Lock held. */
static struct gpio_desc *claim(const struct of_phandle_args *args, const char *label)
{
	struct gpio_chip *gc = find_chip(args->np);
	struct gpio_desc *desc;

	if (!gc)
		return ERR_PTR(-EPROBE_DEFER);
	if (args->args_count != 2 || args->args[0] >= gc->ngpio)
		return ERR_PTR(-EINVAL);
	desc = &gc->descs[args->args[0]];
	if (desc->label)
		return ERR_PTR(-EBUSY);
	if (!try_module_get(gc->parent->driver->owner)) /* the controller's driver is going */
		return ERR_PTR(-EPROBE_DEFER);
	desc->label = label;
	desc->active_low = args->args[1] & GPIO_ACTIVE_LOW;
	return desc;
}

static void release_pin(void *data)
{
	struct gpio_desc *desc = data;

	mutex_lock(&gpio_lock);
	desc->label = NULL;
	module_put(desc->chip->parent->driver->owner);
	mutex_unlock(&gpio_lock);
}

static int set_direction(const struct gpio_desc *desc, enum gpiod_flags flags)
{
	struct gpio_chip *gc = desc->chip;
	int value = (flags == GPIOD_OUT_HIGH) != desc->active_low;

	return flags == GPIOD_IN ? gc->direction_input(gc, offset_of(desc))
				 : gc->direction_output(gc, offset_of(desc), value);
}

struct gpio_desc *devm_fwnode_gpiod_get(struct device *dev, const struct device_node *np,
					enum gpiod_flags flags, const char *label)
{
	struct of_phandle_args args;
	struct gpio_desc *desc;
	int err = of_parse_phandle_with_args(np, "gpios", "#gpio-cells", 0, &args);

	if (err)
		return ERR_PTR(err);
	mutex_lock(&gpio_lock);
	desc = claim(&args, label);
	mutex_unlock(&gpio_lock);
	if (IS_ERR(desc))
		return desc;
	err = devm_add_action_or_reset(dev, release_pin, desc);
	if (!err)
		err = set_direction(desc, flags);
	return err ? ERR_PTR(err) : desc;
}

/* --- Using it --- */

int gpiod_get_value(const struct gpio_desc *desc)
{
	return desc->chip->get(desc->chip, offset_of(desc)) != desc->active_low;
}

int gpiod_to_irq(const struct gpio_desc *desc)
{
	return desc->chip->to_irq(desc->chip, offset_of(desc));
}

/* --- /sys/kernel/debug/gpio --- */

static void show_pin(struct seq_buf *s, struct gpio_chip *gc, unsigned int offset)
{
	bool in = gc->get_direction(gc, offset) == GPIO_LINE_DIRECTION_IN;

	seq_buf_printf(s, " gpio-%-3u (%-20s) %s %s\n", offset, gc->descs[offset].label,
		       in ? "in " : "out", gc->get(gc, offset) ? "hi" : "lo");
}

static void gpio_show(struct seq_buf *s)
{
	struct gpio_chip *gc;
	unsigned int i, n = 0;

	mutex_lock(&gpio_lock);
	list_for_each_entry(gc, &gpio_chips, node) {
		seq_buf_printf(s, "gpiochip%u: GPIOs 0-%u, parent: %s, %s:\n", n++, gc->ngpio - 1,
			       dev_name(gc->parent), gc->label);
		for (i = 0; i < gc->ngpio; i++)
			if (gc->descs[i].label)
				show_pin(s, gc, i);
	}
	mutex_unlock(&gpio_lock);
}

static int __init gpio_show_init(void)
{
	return proc_create_single("/sys/kernel/debug/gpio", gpio_show);
}
fs_initcall(gpio_show_init);
