/* SPDX-License-Identifier: MIT */
/* What a masked pin noted is forgotten when it is let through. */
static void pl061_let_through(struct irq_data *d, bool through)
{
	struct pl061 *pl061 = d->domain->host_data;
	unsigned long flags;

	spin_lock_irqsave(&pl061->lock, flags);
	writeb(PIN(d->hwirq), pl061->base + GPIOIC);
	pl061_change(pl061, GPIOIE, d->hwirq, through);
	spin_unlock_irqrestore(&pl061->lock, flags);
}
