/* SPDX-License-Identifier: MIT */
/*
 * The PCI bus among the others: a driver matches by vendor and device.
 *
 * Linux counterpart: drivers/pci/pci-driver.c, bus.c
 */

#include <drivers/pci/pci.h>

#define to_pci_driver(d) container_of(d, const struct pci_driver, driver)

static const struct pci_device_id *match_id(const struct pci_device_id *ids,
					    const struct pci_dev *dev)
{
	for (; ids->vendor; ids++)
		if (ids->vendor == dev->vendor && ids->device == dev->device)
			return ids;
	return NULL;
}

static bool pci_match(const struct device *dev, const struct device_driver *drv)
{
	return match_id(to_pci_driver(drv)->id_table, to_pci_dev(dev));
}

static int pci_probe(struct device *dev)
{
	const struct pci_driver *drv = to_pci_driver(dev->driver);
	struct pci_dev *pci = to_pci_dev(dev);

	return drv->probe(pci, match_id(drv->id_table, pci));
}

static void pci_remove(struct device *dev)
{
	const struct pci_driver *drv = to_pci_driver(dev->driver);

	if (drv->remove)
		drv->remove(to_pci_dev(dev));
}

struct bus_type pci_bus_type = {
	.name = "pci",
	.match = pci_match,
	.probe = pci_probe,
	.remove = pci_remove,
	BUS_LISTS(pci_bus_type),
};

int __pci_register_driver(struct pci_driver *drv, struct module *owner)
{
	drv->driver.name = drv->name;
	drv->driver.owner = owner;
	return driver_register(&pci_bus_type, &drv->driver);
}

void pci_unregister_driver(struct pci_driver *drv)
{
	driver_unregister(&pci_bus_type, &drv->driver);
}

void pci_bus_add_devices(struct pci_bus *bus)
{
	struct pci_dev *dev;

	list_for_each_entry(dev, &bus->devices, bus_list) {
		if (pci_proc_attach_device(dev))
			dev_warn(&dev->dev, "no file in /proc\n");
		if (device_register(&dev->dev))
			dev_warn(&dev->dev, "a second device of that name, left alone\n");
		if (dev->subordinate)
			pci_bus_add_devices(dev->subordinate);
	}
}
