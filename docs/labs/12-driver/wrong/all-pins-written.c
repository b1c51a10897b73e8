/* SPDX-License-Identifier: MIT */
/* The address chooses all pins, so the other seven become 0. */
static void pl061_set_value(struct gpio_chip *gc, unsigned int offset, int value)
{
	struct pl061 *pl061 = gpiochip_get_data(gc);

	writeb(value ? PIN(offset) : 0, pl061->base + GPIODATA(0xff));
}
