/* SPDX-License-Identifier: MIT */
/*
 * Pointers to a device's ranges. Memory is mapped by ioremap(). Ports are there already: a host
 * bridge's whole window of them is mapped once, at addresses that are kept for it, and a port's
 * pointer is computed. So a driver that has a pointer need not know which of the two it is.
 *
 * Linux counterpart: lib/pci_iomap.c, lib/iomap.c, pci_remap_iospace() in drivers/pci/pci.c,
 * drivers/pci/devres.c
 */

#include <asm/pio.h>
#include <drivers/pci/pci.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <mm/ioremap.h>
#include <mm/vmap_range.h>

_Static_assert(IO_SPACE_LIMIT < PCI_IO_END - PCI_IO_START, "each port has an address");

int pci_remap_iospace(const struct resource *res, phys_addr_t phys)
{
	unsigned long addr = PCI_IO_START + res->start;

	if (res->end > IO_SPACE_LIMIT || (res->start | phys | resource_size(res)) & ~PAGE_MASK)
		return -EINVAL;
	return ioremap_page_range(addr, addr + resource_size(res), phys,
				  get_mem_type(MT_DEVICE)->prot_pte);
}

void __iomem *ioport_map(unsigned long port, unsigned int nr)
{
	if (port > IO_SPACE_LIMIT || nr > IO_SPACE_LIMIT + 1 - port)
		return NULL;
	return PCI_IOBASE + port;
}

void ioport_unmap(void __iomem *addr)
{
}

static bool is_port(const void __iomem *addr)
{
	return (unsigned long)addr - PCI_IO_START <= IO_SPACE_LIMIT;
}

void __iomem *pci_iomap(struct pci_dev *dev, unsigned int bar, unsigned long max)
{
	const struct resource *res = &dev->resource[bar];
	resource_size_t size = pci_resource_len(dev, bar);

	if (!res->parent)
		return NULL;
	if (max && size > max)
		size = max;
	if (res->flags & IORESOURCE_IO)
		return ioport_map(res->start, size);
	return ioremap(res->start, size);
}

void pci_iounmap(struct pci_dev *dev, void __iomem *addr)
{
	if (is_port(addr))
		ioport_unmap(addr);
	else
		iounmap(addr);
}

static void unmap_action(void *data)
{
	pci_iounmap(NULL, (__force void __iomem *)data);
}

void __iomem *pcim_iomap_region(struct pci_dev *dev, unsigned int bar, const char *name)
{
	int err = pcim_request_region(dev, bar, name);
	void __iomem *addr;

	if (err)
		return (__force void __iomem *)ERR_PTR(err);
	addr = pci_iomap(dev, bar, 0);
	if (!addr || devm_add_action_or_reset(&dev->dev, unmap_action, (__force void *)addr)) {
		dev_err(&dev->dev, "BAR %u cannot be mapped\n", bar);
		return (__force void __iomem *)ERR_PTR(-ENOMEM);
	}
	return addr;
}
