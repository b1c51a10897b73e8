/* SPDX-License-Identifier: MIT */
/* Nothing takes the domain back: its numbers lead to memory that is free. */
static int pl061_init_irq(struct platform_device *pdev, struct pl061 *pl061)
{
	int irq = platform_get_irq(pdev, 0);

	if (irq < 0)
		return irq;
	writeb(0, pl061->base + GPIOIE);
	pl061->domain = irq_domain_add_linear(pdev->dev.of_node, PL061_GPIO_NR,
					      &pl061_irq_domain_ops, pl061);
	if (!pl061->domain)
		return -ENOMEM;
	return devm_request_irq(&pdev->dev, irq, pl061_irq_handler, 0, NULL, pl061);
}
