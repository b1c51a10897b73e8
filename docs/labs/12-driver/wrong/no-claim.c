/* SPDX-License-Identifier: MIT */
/* The registers are mapped and not claimed: a second driver would get them, too. */
static int pl061_probe(struct platform_device *pdev)
{
	struct pl061 *pl061 = devm_kzalloc(&pdev->dev, sizeof(*pl061), GFP_KERNEL);
	struct resource *res = platform_get_resource(pdev, IORESOURCE_MEM, 0);
	int err;

	if (!pl061 || !res)
		return -ENOMEM;
	spin_lock_init(&pl061->lock);
	pl061->base = devm_ioremap(&pdev->dev, res->start, resource_size(res));
	if (!pl061->base)
		return -ENOMEM;
	err = pl061_init_irq(pdev, pl061);
	if (err)
		return err;
	pl061->gc = pl061_chip;
	pl061->gc.label = dev_name(&pdev->dev);
	pl061->gc.parent = &pdev->dev;
	return devm_gpiochip_add_data(&pdev->dev, &pl061->gc, pl061);
}
