/* SPDX-License-Identifier: MIT */
/* The pin begins with the value that was written last. */
static int pl061_direction_output(struct gpio_chip *gc, unsigned int offset, int value)
{
	struct pl061 *pl061 = gpiochip_get_data(gc);
	unsigned long flags;

	spin_lock_irqsave(&pl061->lock, flags);
	pl061_change(pl061, GPIODIR, offset, true);
	pl061_set_value(gc, offset, value);
	spin_unlock_irqrestore(&pl061->lock, flags);
	return 0;
}
