/* SPDX-License-Identifier: MIT */
/*
 * Finds the devices. The vendor of each of a bus's 32 slots is read; an empty slot reads as all
 * ones. A bridge gets the next free bus number for the bus behind it. That bus is searched, then
 * the bridge is told the last number that was given out behind it. So buses are numbered in the
 * order in which they are found, whatever firmware may have left.
 *
 * Linux counterpart: drivers/pci/probe.c (which keeps a numbering that it finds sane)
 */

#include <drivers/pci/ecam.h>
#include <drivers/pci/pci.h>
#include <kernel/lib/vsprintf.h>
#include <mm/slab.h>

LIST_HEAD(pci_devices);

static struct pci_dev *read_identity(struct pci_bus *bus, unsigned int devfn)
{
	struct pci_dev *dev;
	u32 id, class;

	pci_bus_read_config_dword(bus, devfn, PCI_VENDOR_ID, &id);
	if ((id & 0xffff) == 0xffff || !id)
		return NULL;
	dev = kzalloc(sizeof(*dev), GFP_KERNEL);
	if (!dev)
		return NULL;
	dev->bus = bus;
	dev->devfn = devfn;
	dev->vendor = id;
	dev->device = id >> 16;
	pci_read_config_dword(dev, PCI_CLASS_REVISION, &class);
	dev->class = class >> 8;
	dev->revision = class;
	pci_read_config_byte(dev, PCI_HEADER_TYPE, &dev->hdr_type);
	pci_read_config_byte(dev, PCI_INTERRUPT_PIN, &dev->pin);
	snprintf(dev->name, sizeof(dev->name), "0000:%02x:%02x.%u", bus->number, PCI_SLOT(devfn),
		 PCI_FUNC(devfn));
	dev->dev.init_name = dev->name;
	dev->dev.bus = &pci_bus_type;
	return dev;
}

/* Adds the function, if there is one. Returns whether its slot may have more. */
static bool pci_scan_function(struct pci_bus *bus, unsigned int devfn)
{
	struct pci_dev *dev = read_identity(bus, devfn);

	if (!dev)
		return PCI_FUNC(devfn) != 0;
	list_add_tail(&dev->bus_list, &bus->devices);
	list_add_tail(&dev->global_list, &pci_devices);
	dev_info(&dev->dev, "[%04x:%04x] type %02x class 0x%06x\n", dev->vendor, dev->device,
		 dev->hdr_type & PCI_HEADER_TYPE_MASK, dev->class);
	pci_read_bases(dev);
	return PCI_FUNC(devfn) || dev->hdr_type & PCI_HEADER_TYPE_MULTI;
}

static void pci_scan_slot(struct pci_bus *bus, unsigned int slot)
{
	unsigned int func;

	for (func = 0; func < 8; func++)
		if (!pci_scan_function(bus, PCI_DEVFN(slot, func)))
			return;
}

static struct pci_bus *add_bus(struct pci_host_bridge *host, struct pci_dev *bridge, u8 number)
{
	struct pci_bus *bus = kzalloc(sizeof(*bus), GFP_KERNEL);

	if (!bus)
		return NULL;
	if (pci_ecam_add_bus(host->cfg, number)) {
		kfree(bus);
		return NULL;
	}
	bus->number = bus->busn_end = number;
	bus->self = bridge;
	bus->host = host;
	snprintf(bus->name, sizeof(bus->name), "PCI Bus 0000:%02x", number);
	INIT_LIST_HEAD(&bus->devices);
	return bus;
}

static void set_bus_numbers(struct pci_dev *bridge, u8 secondary, u8 subordinate)
{
	pci_write_config_byte(bridge, PCI_PRIMARY_BUS, bridge->bus->number);
	pci_write_config_byte(bridge, PCI_PRIMARY_BUS + 1, secondary);
	pci_write_config_byte(bridge, PCI_PRIMARY_BUS + 2, subordinate);
}

static void pci_scan_child_bus(struct pci_bus *bus);

/* While the bus behind is searched, the bridge passes on all numbers that are left. */
static void pci_scan_bridge(struct pci_bus *bus, struct pci_dev *bridge)
{
	u8 last = bus->host->cfg->busn_end;
	struct pci_bus *child = NULL;

	if (bus->busn_end < last)
		child = add_bus(bus->host, bridge, bus->busn_end + 1);
	if (!child) {
		dev_warn(&bridge->dev, "no bus number or no room left for the bus behind it\n");
		return;
	}
	bridge->subordinate = child;
	set_bus_numbers(bridge, child->number, last);
	pci_scan_child_bus(child);
	set_bus_numbers(bridge, child->number, child->busn_end);
	bus->busn_end = child->busn_end;
	dev_info(&bridge->dev, "bridge to bus %02x-%02x\n", child->number, child->busn_end);
}

/* The devices first, then what is behind bridges. A level deeper has one bus number less. */
static void pci_scan_child_bus(struct pci_bus *bus)
{
	struct pci_dev *dev;
	unsigned int slot;

	for (slot = 0; slot < 32; slot++)
		pci_scan_slot(bus, slot);
	list_for_each_entry(dev, &bus->devices, bus_list)
		if (pci_is_bridge(dev))
			pci_scan_bridge(bus, dev);
}

struct pci_bus *pci_scan_root_bus(struct pci_host_bridge *host)
{
	struct pci_bus *bus = add_bus(host, NULL, host->cfg->busn_start);

	if (bus)
		pci_scan_child_bus(bus);
	return bus;
}
