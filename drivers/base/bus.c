/* SPDX-License-Identifier: MIT */
/*
 * A bus: a list of devices, a list of drivers, and the binding of one to the other.
 *
 * Whenever a driver or a device arrives, each possible pair is tried. A probe that needs something
 * another driver provides returns -EPROBE_DEFER, and its device waits. What it needs may come from
 * any bus, so after a successful probe all devices that wait are tried again, in rounds until one
 * brings nothing new. What waits when boot is over is reported, and listed in
 * /sys/kernel/debug/devices_deferred.
 *
 * Invariants: dev.driver is set exactly while a driver is bound or probing; a device without a
 * driver has no devres. One lock, binding, guards the lists of all buses, every binding, and the
 * list of devices that wait.
 *
 * Linux counterpart: drivers/base/dd.c, bus.c, core.c (there each device has a lock, and a worker
 * thread tries again)
 */

#include <asm/current.h>
#include <drivers/base/device.h>
#include <drivers/base/dma-mapping.h>
#include <kernel/base/init.h>
#include <kernel/base/initcall.h>
#include <kernel/base/seq_buf.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/lib/compiler.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <kernel/sched/mutex.h>

static DEFINE_MUTEX(binding);
static unsigned int depth;          /* how many calls of its owner are inside each other */
static bool bound;                  /* a probe has succeeded since the last round began */
static LIST_HEAD(deferred_devices); /* that wait, the one that waits longest first */

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
	if (!ret) {
		list_del_init(&dev->deferred);
		bound = true;
		return true;
	}
	if (ret == -EPROBE_DEFER)
		list_move_tail(&dev->deferred, &deferred_devices);
	else if (ret != -ENODEV) /* a driver that does not want it says why */
		dev_err(dev, "probe failed with error %d\n", ret);
	forget_driver(dev);
	return false;
}

/* Offers a free device to all drivers, until one takes it. */
static void find_driver(struct device *dev)
{
	struct device_driver *drv;

	list_for_each_entry(drv, &dev->bus->drivers, node) {
		if (dev->bus->match(dev, drv) && bind(dev, drv))
			return;
	}
}

/* Offers each device that waits to all drivers again, while that binds any. */
static void retry_deferred(void)
{
	LIST_HEAD(round);
	struct device *dev;

	while (bound) {
		bound = false;
		while ((dev = list_first_entry_or_null(&deferred_devices, struct device, deferred)))
			list_move_tail(&dev->deferred, &round);
		/* From the start each time: a probe may remove or bind any other device. */
		while ((dev = list_first_entry_or_null(&round, struct device, deferred))) {
			list_del_init(&dev->deferred); /* unless its probe defers again */
			find_driver(dev);
		}
	}
}

/* A probe may register devices on another bus, inside its own registration. */
static void lock_binding(void)
{
	if (READ_ONCE(binding.owner) != current) /* only this task can make the two equal */
		mutex_lock(&binding);
	depth++;
}

/* Before the lock is given up, devices that wait are tried: not inside a probe, but after it. */
static void unlock_binding(void)
{
	if (depth == 1)
		retry_deferred();
	if (--depth == 0)
		mutex_unlock(&binding);
}

int driver_register(struct bus_type *bus, struct device_driver *drv)
{
	struct device_driver *other;
	struct device *dev;
	int ret = -EBUSY;

	lock_binding();
	list_for_each_entry(other, &bus->drivers, node) {
		if (other == drv || !strcmp(other->name, drv->name))
			goto out;
	}
	list_add_tail(&drv->node, &bus->drivers);
	list_for_each_entry(dev, &bus->devices, node) {
		if (!dev->driver && bus->match(dev, drv))
			bind(dev, drv);
	}
	ret = 0;
out:
	unlock_binding();
	return ret;
}

void driver_unregister(struct bus_type *bus, struct device_driver *drv)
{
	struct device *dev;

	lock_binding();
	list_for_each_entry(dev, &bus->devices, node) {
		if (dev->driver == drv)
			unbind(dev);
	}
	list_del(&drv->node);
	unlock_binding();
}

int device_register(struct device *dev)
{
	struct bus_type *bus = dev->bus;
	struct device *other;
	int ret = -EBUSY;

	spin_lock_init(&dev->devres_lock);
	INIT_LIST_HEAD(&dev->devres_head);
	dev->driver = NULL;
	INIT_LIST_HEAD(&dev->deferred);
	dev->coherent_dma_mask = DMA_BIT_MASK(32);
	lock_binding();
	list_for_each_entry(other, &bus->devices, node) {
		if (other == dev || !strcmp(dev_name(other), dev_name(dev)))
			goto out;
	}
	list_add_tail(&dev->node, &bus->devices);
	find_driver(dev);
	ret = 0;
out:
	unlock_binding();
	return ret;
}

void device_unregister(struct device *dev)
{
	lock_binding();
	unbind(dev);
	list_del(&dev->deferred);
	list_del(&dev->node);
	unlock_binding();
}

/* --- Devices that wait --- */

/* A device that still waits when all drivers of the kernel are there may wait in vain. */
static int __init report_deferred(void)
{
	const struct device *dev;

	lock_binding();
	list_for_each_entry(dev, &deferred_devices, deferred)
		dev_warn(dev, "deferred probe still pending\n");
	unlock_binding();
	return 0;
}
late_initcall(report_deferred);

/* Linux has a reason behind the tab when the driver gave one. */
static void devices_deferred_show(struct seq_buf *s)
{
	const struct device *dev;

	lock_binding();
	list_for_each_entry(dev, &deferred_devices, deferred)
		seq_buf_printf(s, "%s\t\n", dev_name(dev));
	unlock_binding();
}

static int __init devices_deferred_init(void)
{
	return proc_create_single("/sys/kernel/debug/devices_deferred", devices_deferred_show);
}
fs_initcall(devices_deferred_init);
