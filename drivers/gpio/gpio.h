/* SPDX-License-Identifier: MIT */
/*
 * Pins that software reads and drives, and that may interrupt.
 *
 * A controller's driver fills a struct gpio_chip and adds it. A driver that needs a pin finds it by
 * the device tree, as a struct gpio_desc: one pin, its user's name for it, and whether a low level
 * means 1 there. A pin has one user.
 *
 * Functions of a chip may be called in any context, so a chip's own lock keeps interrupts off. Pins
 * are claimed and chips are added in process context.
 *
 * Linux counterpart: include/linux/gpio/driver.h, include/linux/gpio/consumer.h (there a pin also
 * has a number of its own, pulls, a debounce time, and a file for user programs)
 */
#pragma once

#include <kernel/lib/list.h>
#include <kernel/lib/types.h>

struct device;
struct device_node;
struct gpio_chip;

#define GPIO_LINE_DIRECTION_OUT 0
#define GPIO_LINE_DIRECTION_IN  1

/* In the tree's second cell. */
#define GPIO_ACTIVE_LOW 1

enum gpiod_flags {
	GPIOD_IN,
	GPIOD_OUT_LOW,
	GPIOD_OUT_HIGH,
};

struct gpio_desc {
	struct gpio_chip *chip;
	const char *label; /* NULL: free */
	bool active_low;
};

/* Which pin is meant: offset, from 0 to ngpio - 1. Values are 0 and 1, as the pin has them. */
struct gpio_chip {
	const char *label;
	struct device *parent;
	unsigned int ngpio;
	int (*get_direction)(struct gpio_chip *gc, unsigned int offset); /* GPIO_LINE_DIRECTION_ */
	int (*direction_input)(struct gpio_chip *gc, unsigned int offset);
	/* The pin has the value from the first moment on. */
	int (*direction_output)(struct gpio_chip *gc, unsigned int offset, int value);
	int (*get)(struct gpio_chip *gc, unsigned int offset);
	void (*set)(struct gpio_chip *gc, unsigned int offset, int value);
	/* The number of the pin's interrupt, > 0, or a negative errno. Process context. */
	int (*to_irq)(struct gpio_chip *gc, unsigned int offset);

	/* The core's own. */
	void *data;
	struct gpio_desc *descs;
	struct list_head node;
};

/* --- For a controller's driver --- */

/*
 * Makes a chip known, until its driver ends; gpiochip_get_data() returns data. All fields above
 * "the core's own" are filled. 0 or -ENOMEM.
 */
int devm_gpiochip_add_data(struct device *dev, struct gpio_chip *gc, void *data);

static inline void *gpiochip_get_data(const struct gpio_chip *gc)
{
	return gc->data;
}

/* --- For a pin's user --- */

/*
 * Claims the first pin that the property gpios of np names, until dev's driver ends, and sets its
 * direction. label is shown for it. ERR_PTR: -ENOENT without the property; -EPROBE_DEFER while its
 * controller has no driver; -EBUSY when it has a user; -EINVAL when there is no such pin; or what
 * the controller says.
 */
struct gpio_desc *devm_fwnode_gpiod_get(struct device *dev, const struct device_node *np,
					enum gpiod_flags flags, const char *label);

/* 1 when the pin is active, else 0. Any context. */
int gpiod_get_value(const struct gpio_desc *desc);

/* The number of the pin's interrupt, > 0, or a negative errno. Process context. */
int gpiod_to_irq(const struct gpio_desc *desc);
