/* SPDX-License-Identifier: MIT */
/*
 * The platform bus: devices that cannot be discovered by asking. A driver matches by a string of
 * the device's node, or by name.
 *
 * Linux counterpart: drivers/base/platform.c
 */

#include <drivers/base/device.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>

#define to_platform_device(d) container_of(d, struct platform_device, dev)
#define to_platform_driver(d) container_of(d, const struct platform_driver, driver)

static bool platform_match(const struct device *dev, const struct device_driver *drv)
{
	const char *name = container_of(dev, const struct platform_device, dev)->name;

	if (dev->of_node && of_match_node(drv->of_match_table, dev->of_node))
		return true;
	return name && !strcmp(name, drv->name);
}

static int platform_probe(struct device *dev)
{
	return to_platform_driver(dev->driver)->probe(to_platform_device(dev));
}

static void platform_remove(struct device *dev)
{
	const struct platform_driver *drv = to_platform_driver(dev->driver);

	if (drv->remove)
		drv->remove(to_platform_device(dev));
}

struct bus_type platform_bus_type = {
	.name = "platform",
	.match = platform_match,
	.probe = platform_probe,
	.remove = platform_remove,
	BUS_LISTS(platform_bus_type),
};

int __platform_driver_register(struct platform_driver *drv, struct module *owner)
{
	drv->driver.owner = owner;
	return driver_register(&platform_bus_type, &drv->driver);
}

void platform_driver_unregister(struct platform_driver *drv)
{
	driver_unregister(&platform_bus_type, &drv->driver);
}

int platform_device_register(struct platform_device *pdev)
{
	if (!pdev->dev.init_name)
		pdev->dev.init_name = pdev->name;
	pdev->dev.bus = &platform_bus_type;
	return device_register(&pdev->dev);
}

void platform_device_unregister(struct platform_device *pdev)
{
	device_unregister(&pdev->dev);
}

struct resource *platform_get_resource(struct platform_device *pdev, unsigned long type,
				       unsigned int num)
{
	u32 i;

	for (i = 0; i < pdev->num_resources; i++) {
		if (resource_type(&pdev->resource[i]) == type && num-- == 0)
			return &pdev->resource[i];
	}
	return NULL;
}

int platform_get_irq(struct platform_device *pdev, unsigned int num)
{
	if (!pdev->dev.of_node)
		return -ENXIO;
	return of_irq_get(pdev->dev.of_node, num);
}
