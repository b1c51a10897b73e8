/* SPDX-License-Identifier: MIT */
/*
 * What a driver does with its device before it maps anything: switch it on, let it reach memory,
 * claim its ranges.
 *
 * Linux counterpart: drivers/pci/pci.c, devres.c (there a device is enabled and disabled by count)
 */

#include <drivers/pci/pci.h>
#include <kernel/lib/errno.h>

static void change_command(const struct pci_dev *dev, u16 clear, u16 set)
{
	u16 command;

	pci_read_config_word(dev, PCI_COMMAND, &command);
	pci_write_config_word(dev, PCI_COMMAND, (command & ~clear) | set);
}

/* Returns 0 when there is none: a driver may poll. Interrupt controllers are probed before PCI. */
static unsigned int find_irq(const struct pci_dev *dev)
{
	int irq = pci_assign_irq(dev);

	if (irq > 0)
		return irq;
	if (dev->pin)
		dev_warn(&dev->dev, "INT%c leads to no interrupt controller\n", 'A' + dev->pin - 1);
	return 0;
}

int pci_enable_device(struct pci_dev *dev)
{
	const struct resource *res = dev->resource;
	u16 answers = 0;

	for (; res < dev->resource + PCI_STD_NUM_BARS; res++) {
		if (!res->flags)
			continue;
		if (!res->parent) {
			dev_err(&dev->dev, "cannot be enabled: BAR %d has no address\n",
				(int)(res - dev->resource));
			return -EINVAL;
		}
		answers |= res->flags & IORESOURCE_IO ? PCI_COMMAND_IO : PCI_COMMAND_MEMORY;
	}
	dev->irq = find_irq(dev);
	change_command(dev, 0, answers);
	return 0;
}

void pci_disable_device(struct pci_dev *dev)
{
	change_command(dev, PCI_COMMAND_ALL, 0);
}

static void disable_action(void *data)
{
	pci_disable_device(data);
}

int pcim_enable_device(struct pci_dev *dev)
{
	return pci_enable_device(dev) ?: devm_add_action_or_reset(&dev->dev, disable_action, dev);
}

void pci_set_master(struct pci_dev *dev)
{
	change_command(dev, 0, PCI_COMMAND_MASTER);
}

void pci_clear_master(struct pci_dev *dev)
{
	change_command(dev, PCI_COMMAND_MASTER, 0);
}

/* The tree that a range is in. */
static struct resource *root_of(const struct resource *res)
{
	return res->flags & IORESOURCE_IO ? &ioport_resource : &iomem_resource;
}

int pci_request_region(struct pci_dev *dev, unsigned int bar, const char *name)
{
	const struct resource *res = &dev->resource[bar];

	if (res->parent && __request_region(root_of(res), res->start, resource_size(res), name, 0))
		return 0;
	dev_err(&dev->dev, "BAR %u cannot be claimed: %s\n", bar,
		res->parent ? "it is taken" : "it has no address");
	return -EBUSY;
}

static void release_action(void *data)
{
	const struct resource *res = data;

	__release_region(root_of(res), res->start, resource_size(res));
}

int pcim_request_region(struct pci_dev *dev, unsigned int bar, const char *name)
{
	return pci_request_region(dev, bar, name)
		       ?: devm_add_action_or_reset(&dev->dev, release_action, &dev->resource[bar]);
}
