/* SPDX-License-Identifier: MIT */
/*
 * The platform bus: a list of devices, a list of drivers, and the binding of one to the other.
 *
 * Whenever a driver or a device arrives, each possible pair is tried. A probe that needs something
 * another driver provides returns -EPROBE_DEFER; after every successful probe, all that were
 * deferred are tried again, in rounds until one brings nothing new.
 *
 * Invariants: dev.driver is set exactly while a driver is bound or probing; a device without a
 * driver has no devres. bus_lock guards both lists and every binding.
 *
 * Linux counterpart: drivers/base/platform.c, dd.c, bus.c
 */

#include <drivers/base/device.h>
#include <kernel/base/init.h>
#include <kernel/base/initcall.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <kernel/sched/mutex.h>

static DEFINE_MUTEX(bus_lock);
static LIST_HEAD(devices);
static LIST_HEAD(drivers);

#define to_platform_driver(d) container_of(d, struct platform_driver, driver)

static bool matches(const struct platform_device *pdev, const struct platform_driver *drv)
{
	if (pdev->dev.of_node && of_match_node(drv->driver.of_match_table, pdev->dev.of_node))
		return true;
	return pdev->name && !strcmp(pdev->name, drv->driver.name);
}

static void unbind(struct platform_device *pdev)
{
	const struct platform_driver *drv;

	if (!pdev->dev.driver)
		return;
	drv = to_platform_driver(pdev->dev.driver);
	if (drv->remove)
		drv->remove(pdev);
	devres_release_all(&pdev->dev);
	pdev->dev.driver_data = NULL;
	pdev->dev.driver = NULL;
}

/* Returns whether drv has taken pdev. */
static bool bind(struct platform_device *pdev, const struct platform_driver *drv)
{
	int ret;

	pdev->dev.driver = &drv->driver;
	ret = drv->probe(pdev);
	pdev->deferred = ret == -EPROBE_DEFER;
	if (!ret)
		return true;
	if (!pdev->deferred && ret != -ENODEV) /* a driver that does not want it says why */
		dev_err(&pdev->dev, "probe failed with error %d\n", ret);
	devres_release_all(&pdev->dev);
	pdev->dev.driver_data = NULL;
	pdev->dev.driver = NULL;
	return false;
}

/* Offer a free device to all drivers. */
static bool find_driver(struct platform_device *pdev)
{
	struct platform_driver *drv;

	list_for_each_entry(drv, &drivers, node) {
		if (matches(pdev, drv) && bind(pdev, drv))
			return true;
	}
	return false;
}

static void retry_deferred(void)
{
	struct platform_device *pdev;
	bool progress;

	do {
		progress = false;
		list_for_each_entry(pdev, &devices, node) {
			if (pdev->deferred && !pdev->dev.driver)
				progress |= find_driver(pdev);
		}
	} while (progress);
}

int platform_driver_register(struct platform_driver *drv)
{
	struct platform_driver *other;
	struct platform_device *pdev;
	bool bound = false;
	int ret = -EBUSY;

	mutex_lock(&bus_lock);
	list_for_each_entry(other, &drivers, node) {
		if (other == drv || !strcmp(other->driver.name, drv->driver.name))
			goto out;
	}
	list_add_tail(&drv->node, &drivers);
	list_for_each_entry(pdev, &devices, node) {
		if (!pdev->dev.driver && matches(pdev, drv))
			bound |= bind(pdev, drv);
	}
	if (bound)
		retry_deferred();
	ret = 0;
out:
	mutex_unlock(&bus_lock);
	return ret;
}

void platform_driver_unregister(struct platform_driver *drv)
{
	struct platform_device *pdev;

	mutex_lock(&bus_lock);
	list_for_each_entry(pdev, &devices, node) {
		if (pdev->dev.driver == &drv->driver)
			unbind(pdev);
	}
	list_del(&drv->node);
	mutex_unlock(&bus_lock);
}

int platform_device_register(struct platform_device *pdev)
{
	struct platform_device *other;
	int ret = -EBUSY;

	if (!pdev->dev.init_name)
		pdev->dev.init_name = pdev->name;
	spin_lock_init(&pdev->dev.devres_lock);
	INIT_LIST_HEAD(&pdev->dev.devres_head);
	pdev->dev.driver = NULL;
	pdev->deferred = false;
	mutex_lock(&bus_lock);
	list_for_each_entry(other, &devices, node) {
		if (other == pdev || !strcmp(dev_name(&other->dev), dev_name(&pdev->dev)))
			goto out;
	}
	list_add_tail(&pdev->node, &devices);
	if (find_driver(pdev))
		retry_deferred();
	ret = 0;
out:
	mutex_unlock(&bus_lock);
	return ret;
}

void platform_device_unregister(struct platform_device *pdev)
{
	mutex_lock(&bus_lock);
	unbind(pdev);
	list_del(&pdev->node);
	mutex_unlock(&bus_lock);
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

/* A device that still waits when all drivers are registered waits in vain. */
static int __init report_deferred(void)
{
	struct platform_device *pdev;

	mutex_lock(&bus_lock);
	list_for_each_entry(pdev, &devices, node) {
		if (pdev->deferred && !pdev->dev.driver)
			dev_warn(&pdev->dev, "deferred probe still pending\n");
	}
	mutex_unlock(&bus_lock);
	return 0;
}
late_initcall(report_deferred);
