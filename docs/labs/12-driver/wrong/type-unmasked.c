/* SPDX-License-Identifier: MIT */
/* The pin may interrupt while its registers change. */
static int pl061_irq_type(struct irq_data *d, unsigned int type)
{
	struct pl061 *pl061 = d->domain->host_data;
	unsigned int offset = d->hwirq;
	bool level = type & (IRQ_TYPE_LEVEL_HIGH | IRQ_TYPE_LEVEL_LOW);
	unsigned long flags;

	if (type != IRQ_TYPE_EDGE_BOTH && !is_power_of_2(type))
		return -EINVAL;
	spin_lock_irqsave(&pl061->lock, flags);
	pl061_change(pl061, GPIOIS, offset, level);
	pl061_change(pl061, GPIOIBE, offset, type == IRQ_TYPE_EDGE_BOTH);
	pl061_change(pl061, GPIOIEV, offset, type & (IRQ_TYPE_LEVEL_HIGH | IRQ_TYPE_EDGE_RISING));
	writeb(PIN(offset), pl061->base + GPIOIC);
	spin_unlock_irqrestore(&pl061->lock, flags);
	return 0;
}
