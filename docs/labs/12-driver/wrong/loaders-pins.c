/* SPDX-License-Identifier: MIT */
/* What a boot loader left on may interrupt at once. */
static int pl061_init_irq(struct platform_device *pdev, struct pl061 *pl061)
{
	int irq = platform_get_irq(pdev, 0), err;

	if (irq < 0)
		return irq;
	pl061->domain = irq_domain_add_linear(pdev->dev.of_node, PL061_GPIO_NR,
					      &pl061_irq_domain_ops, pl061);
	if (!pl061->domain)
		return -ENOMEM;
	err = devm_add_action_or_reset(&pdev->dev, pl061_remove_domain, pl061->domain);
	if (err)
		return err;
	return devm_request_irq(&pdev->dev, irq, pl061_irq_handler, 0, NULL, pl061);
}
