/* SPDX-License-Identifier: MIT */
/*
 * Devices, drivers, and what a driver holds.
 *
 * A bus brings devices and drivers together: it says which driver matches which device, and the
 * core (bus.c) calls the driver's probe. There are two buses. A platform device cannot be
 * discovered by asking; here they come from the device tree, one for each node with a compatible
 * string under the root and under simple buses. A PCI device answers when its slot is read
 * (drivers/pci/pci.h).
 *
 * Whatever a probe takes through a devm_ call is given back, last taken first, when that probe
 * fails, when the driver goes or when the device goes: so a probe has no error path, and a driver
 * leaves nothing behind.
 *
 * Process context throughout; may sleep. One lock serialises all binding, on all buses. A probe or
 * remove may register devices and drivers on another bus, not on its own, whose lists are being
 * walked. A device's devres list has a lock of its own.
 *
 * Linux counterpart: include/linux/device.h, platform_device.h, io.h
 */
#pragma once

#include <drivers/of/of.h>
#include <kernel/base/initcall.h>
#include <kernel/base/printk.h>
#include <kernel/base/spinlock.h>
#include <kernel/irq/irq.h>
#include <kernel/lib/list.h>
#include <kernel/lib/types.h>
#include <kernel/module/module.h>
#include <kernel/sched/mutex.h>
#include <mm/gfp.h>
#include <mm/resource.h>

struct device;

struct device_driver {
	const char *name;
	const struct of_device_id *of_match_table; /* NULL: match by name alone */
	struct list_head node;                     /* all drivers of the bus, in order of arrival */
	struct module *owner;                      /* whose code it is; NULL: the kernel's */
};

struct bus_type {
	const char *name;
	bool (*match)(const struct device *dev, const struct device_driver *drv);
	/*
	 * Calls the probe of dev->driver. 0; -EPROBE_DEFER: to be called again when another device,
	 * on any bus, is bound; -ENODEV: the driver has said why it leaves the device alone; any
	 * other negative errno: the core says so.
	 */
	int (*probe)(struct device *dev);
	void (*remove)(struct device *dev);
	struct list_head devices, drivers; /* guarded by bus.c */
};

/* The fields of a bus that the core fills. */
#define BUS_LISTS(bus) \
	.devices = LIST_HEAD_INIT(bus.devices), .drivers = LIST_HEAD_INIT(bus.drivers)

struct device {
	const char *init_name; /* "9000000.pl011"; read it with dev_name() */
	struct bus_type *bus;
	struct device_node *of_node;        /* NULL: not from the tree */
	const struct device_driver *driver; /* bound to, or NULL */
	void *driver_data;
	u64 coherent_dma_mask;     /* the addresses that it can name (dma-mapping.h) */
	struct list_head deferred; /* the devices whose probe waits, of all buses; or empty */
	struct list_head node;     /* all devices of the bus, in order of arrival */
	spinlock_t devres_lock;
	struct list_head devres_head; /* oldest first, under devres_lock */
};

struct platform_device {
	const char *name; /* matches a driver of that name */
	struct device dev;
	u32 num_resources;
	struct resource *resource;
};

struct platform_driver {
	int (*probe)(struct platform_device *pdev);   /* returns as struct bus_type says */
	void (*remove)(struct platform_device *pdev); /* may be NULL */
	struct device_driver driver;
};

static inline const char *dev_name(const struct device *dev)
{
	return dev->init_name;
}

static inline void *dev_get_drvdata(const struct device *dev)
{
	return dev->driver_data;
}

static inline void dev_set_drvdata(struct device *dev, void *data)
{
	dev->driver_data = data;
}

static inline void *platform_get_drvdata(const struct platform_device *pdev)
{
	return dev_get_drvdata(&pdev->dev);
}

static inline void platform_set_drvdata(struct platform_device *pdev, void *data)
{
	dev_set_drvdata(&pdev->dev, data);
}

/* The driver's name, or while there is none the bus's. */
static inline const char *dev_driver_string(const struct device *dev)
{
	return dev->driver ? dev->driver->name : dev->bus->name;
}

/* Messages that begin with driver and device, "pl011 9000000.pl011: ". */
#define dev_fmt(dev, level, fmt, ...) \
	printk(level "%s %s: " fmt, dev_driver_string(dev), dev_name(dev), ##__VA_ARGS__)
#define dev_err(dev, fmt, ...)  dev_fmt(dev, KERN_ERR, fmt, ##__VA_ARGS__)
#define dev_warn(dev, fmt, ...) dev_fmt(dev, KERN_WARNING, fmt, ##__VA_ARGS__)
#define dev_info(dev, fmt, ...) dev_fmt(dev, KERN_INFO, fmt, ##__VA_ARGS__)

/* --- bus.c: for buses --- */

/*
 * Makes a driver known on its bus and binds it to every device it matches. 0, or -EBUSY when it is
 * known already.
 */
int driver_register(struct bus_type *bus, struct device_driver *drv);

/* Unbinds the driver everywhere and forgets it. */
void driver_unregister(struct bus_type *bus, struct device_driver *drv);

/* Makes a device known on dev->bus and binds it if a driver is there. 0 or -EBUSY. */
int device_register(struct device *dev);

/* Unbinds and forgets it; the memory stays the caller's. */
void device_unregister(struct device *dev);

/* --- platform.c --- */

extern struct bus_type platform_bus_type;

/*
 * Makes a driver known and binds it to every device it matches. 0, or -EBUSY when it is known
 * already. A driver in a module must be unregistered before the module ends.
 */
#define platform_driver_register(drv) __platform_driver_register(drv, THIS_MODULE)
int __platform_driver_register(struct platform_driver *drv, struct module *owner);

/* Unbinds the driver everywhere and forgets it. */
void platform_driver_unregister(struct platform_driver *drv);

/*
 * Makes a device known and binds it if a driver is there. The caller filled name, of_node, resource
 * and, or else name is taken, dev.init_name. 0 or -EBUSY.
 */
int platform_device_register(struct platform_device *pdev);

/* Unbinds and forgets it; the memory stays the caller's. */
void platform_device_unregister(struct platform_device *pdev);

/* Resource number num of that type (IORESOURCE_MEM), or NULL. */
struct resource *platform_get_resource(struct platform_device *pdev, unsigned long type,
				       unsigned int num);

/* Interrupt number num of the device: > 0, or a negative errno (-EPROBE_DEFER among them). */
int platform_get_irq(struct platform_device *pdev, unsigned int num);

/* Registers drv at the device level of the initcalls. */
#define builtin_platform_driver(drv)                     \
	static int __init drv##_init(void)               \
	{                                                \
		return platform_driver_register(&(drv)); \
	}                                                \
	device_initcall(drv##_init)

/* The same for a driver that may be a module: there it is unregistered at the end. */
#define module_platform_driver(drv)                      \
	static int __init drv##_init(void)               \
	{                                                \
		return platform_driver_register(&(drv)); \
	}                                                \
	static void drv##_exit(void)                     \
	{                                                \
		platform_driver_unregister(&(drv));      \
	}                                                \
	module_init(drv##_init);                         \
	module_exit(drv##_exit)

/* --- devres.c: what is given back by itself --- */

/*
 * Lets action(data) be called when the driver of dev ends. 0 or -ENOMEM (then action is not
 * called). Any context but interrupt.
 */
int devm_add_action(struct device *dev, void (*action)(void *), void *data);

/* The same, but on -ENOMEM action(data) is called at once. */
int devm_add_action_or_reset(struct device *dev, void (*action)(void *), void *data);

/* Takes back the newest devm_add_action() of this pair without calling it. 0 or -ENOENT. */
int devm_remove_action(struct device *dev, void (*action)(void *), void *data);

/* Calls every action, newest first, until none is left. The core calls this; drivers do not. */
void devres_release_all(struct device *dev);

/* Zeroed memory, or NULL. */
void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp);

/* request_irq and the free_irq to it. name NULL: the device's. */
int devm_request_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
		     unsigned long flags, const char *name, void *dev_id);

/* --- devres_io.c: mappings that go with the device --- */

/* Maps as ioremap() does, until the driver goes. NULL on failure. */
void __iomem *devm_ioremap(struct device *dev, resource_size_t offset, resource_size_t size);

/* Unmaps before the driver ends. WARNs about an address that devm_ioremap() did not give. */
void devm_iounmap(struct device *dev, void __iomem *addr);

/* request_mem_region; NULL when the range is taken. */
struct resource *devm_request_mem_region(struct device *dev, resource_size_t start,
					 resource_size_t size, const char *name);

/*
 * Requests and maps a memory resource. Never NULL: ERR_PTR of -EINVAL (no memory resource), -EBUSY
 * (taken by another driver), -ENOMEM (cannot be mapped).
 */
void __iomem *devm_ioremap_resource(struct device *dev, const struct resource *res);

/* The same for memory resource number index of pdev. */
void __iomem *devm_platform_ioremap_resource(struct platform_device *pdev, unsigned int index);
