/* SPDX-License-Identifier: MIT */
/*
 * A bus: a list of devices, a list of drivers, and the binding of one to the other.
 *
 * Whenever a driver or a device arrives, each possible pair is tried. A probe that needs something
 * another driver provides returns -EPROBE_DEFER; after every successful probe on the same bus, all
 * that were deferred are tried again, in rounds until one brings nothing new.
 *
 * Invariants: dev.driver is set exactly while a driver is bound or probing; a device without a
 * driver has no devres. The bus's lock guards both lists and every binding.
 *
 * Linux counterpart: drivers/base/dd.c, bus.c, core.c
 */

#include <drivers/base/device.h>
#include <drivers/base/dma-mapping.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>

static void forget_driver(struct device *dev)
{
	devres_release_all(dev);
	dev->driver_data = NULL;
	dev->driver = NULL;
}

static void unbind(struct device *dev)
{
	if (!dev->driver)
		return;
	dev->bus->remove(dev);
	forget_driver(dev);
}

/* Returns whether drv has taken dev. */
static bool bind(struct device *dev, const struct device_driver *drv)
{
	int ret;

	dev->driver = drv;
	ret = dev->bus->probe(dev);
	dev->deferred = ret == -EPROBE_DEFER;
	if (!ret)
		return true;
	if (!dev->deferred && ret != -ENODEV) /* a driver that does not want it says why */
		dev_err(dev, "probe failed with error %d\n", ret);
	forget_driver(dev);
	return false;
}

/* Offers a free device to all drivers. */
static bool find_driver(struct device *dev)
{
	struct device_driver *drv;

	list_for_each_entry(drv, &dev->bus->drivers, node) {
		if (dev->bus->match(dev, drv) && bind(dev, drv))
			return true;
	}
	return false;
}

static void retry_deferred(struct bus_type *bus)
{
	struct device *dev;
	bool progress;

	do {
		progress = false;
		list_for_each_entry(dev, &bus->devices, node) {
			if (dev->deferred && !dev->driver)
				progress |= find_driver(dev);
		}
	} while (progress);
}

int driver_register(struct bus_type *bus, struct device_driver *drv)
{
	struct device_driver *other;
	struct device *dev;
	bool bound = false;
	int ret = -EBUSY;

	mutex_lock(&bus->lock);
	list_for_each_entry(other, &bus->drivers, node) {
		if (other == drv || !strcmp(other->name, drv->name))
			goto out;
	}
	list_add_tail(&drv->node, &bus->drivers);
	list_for_each_entry(dev, &bus->devices, node) {
		if (!dev->driver && bus->match(dev, drv))
			bound |= bind(dev, drv);
	}
	if (bound)
		retry_deferred(bus);
	ret = 0;
out:
	mutex_unlock(&bus->lock);
	return ret;
}

void driver_unregister(struct bus_type *bus, struct device_driver *drv)
{
	struct device *dev;

	mutex_lock(&bus->lock);
	list_for_each_entry(dev, &bus->devices, node) {
		if (dev->driver == drv)
			unbind(dev);
	}
	list_del(&drv->node);
	mutex_unlock(&bus->lock);
}

int device_register(struct device *dev)
{
	struct bus_type *bus = dev->bus;
	struct device *other;
	int ret = -EBUSY;

	spin_lock_init(&dev->devres_lock);
	INIT_LIST_HEAD(&dev->devres_head);
	dev->driver = NULL;
	dev->deferred = false;
	dev->coherent_dma_mask = DMA_BIT_MASK(32);
	mutex_lock(&bus->lock);
	list_for_each_entry(other, &bus->devices, node) {
		if (other == dev || !strcmp(dev_name(other), dev_name(dev)))
			goto out;
	}
	list_add_tail(&dev->node, &bus->devices);
	if (find_driver(dev))
		retry_deferred(bus);
	ret = 0;
out:
	mutex_unlock(&bus->lock);
	return ret;
}

void device_unregister(struct device *dev)
{
	mutex_lock(&dev->bus->lock);
	unbind(dev);
	list_del(&dev->node);
	mutex_unlock(&dev->bus->lock);
}
