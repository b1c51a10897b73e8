/* SPDX-License-Identifier: MIT */
/* A chip that ignores values of inputs never gets this one. */
static int pl061_direction_output(struct gpio_chip *gc, unsigned int offset, int value)
{
	struct pl061 *pl061 = gpiochip_get_data(gc);
	unsigned long flags;

	spin_lock_irqsave(&pl061->lock, flags);
	pl061_set_value(gc, offset, value);
	pl061_change(pl061, GPIODIR, offset, true);
	spin_unlock_irqrestore(&pl061->lock, flags);
	return 0;
}
