/* SPDX-License-Identifier: MIT */
/* All edges are forgotten, and one handler is called. */
static irqreturn_t pl061_irq_handler(int irq, void *dev_id)
{
	struct pl061 *pl061 = dev_id;
	unsigned long pending = readb(pl061->base + GPIOMIS), offset;

	if (!pending)
		return IRQ_NONE;
	writeb(pending, pl061->base + GPIOIC);
	for (offset = 0; !(pending & PIN(offset)); offset++)
		;
	generic_handle_domain_irq(pl061->domain, offset);
	return IRQ_HANDLED;
}
