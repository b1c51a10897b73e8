/* SPDX-License-Identifier: MIT */
/* The pin's bit is returned in its place, not as 0 or 1. */
static int pl061_get_value(struct gpio_chip *gc, unsigned int offset)
{
	struct pl061 *pl061 = gpiochip_get_data(gc);

	return readb(pl061->base + GPIODATA(PIN(offset)));
}
