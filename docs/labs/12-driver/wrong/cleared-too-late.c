/* SPDX-License-Identifier: MIT */
/* An edge that comes while handlers run is forgotten. */
static irqreturn_t pl061_irq_handler(int irq, void *dev_id)
{
	struct pl061 *pl061 = dev_id;
	unsigned long pending = readb(pl061->base + GPIOMIS), offset;

	if (!pending)
		return IRQ_NONE;
	for (offset = 0; offset < PL061_GPIO_NR; offset++)
		if (pending & PIN(offset))
			generic_handle_domain_irq(pl061->domain, offset);
	writeb(pending, pl061->base + GPIOIC);
	return IRQ_HANDLED;
}
