/* SPDX-License-Identifier: MIT */
/*
 * Reading and writing configuration space. An access is one load or store of its own width, so two
 * processors need no lock to make one each.
 *
 * Linux counterpart: drivers/pci/access.c
 */

#include <asm/io.h>
#include <drivers/pci/ecam.h>
#include <drivers/pci/pci.h>
#include <kernel/lib/macros.h>

/* The register's address, or NULL and in *err why not. */
static void __iomem *find_register(const struct pci_bus *bus, unsigned int devfn, int where,
				   size_t width, int *err)
{
	void __iomem *addr;

	*err = PCIBIOS_BAD_REGISTER_NUMBER;
	if (where < 0 || !IS_ALIGNED(where, width) || where >= PCIE_ECAM_REG_SIZE)
		return NULL;
	addr = pci_ecam_map_bus(bus->host->cfg, bus->number, devfn, where);
	*err = addr ? PCIBIOS_SUCCESSFUL : PCIBIOS_DEVICE_NOT_FOUND;
	return addr;
}

int pci_bus_read_config_dword(struct pci_bus *bus, unsigned int devfn, int where, u32 *val)
{
	int err;
	void __iomem *addr = find_register(bus, devfn, where, sizeof(*val), &err);

	*val = addr ? readl(addr) : ~0U;
	return err;
}

int pci_read_config_byte(const struct pci_dev *dev, int where, u8 *val)
{
	int err;
	void __iomem *addr = find_register(dev->bus, dev->devfn, where, sizeof(*val), &err);

	*val = addr ? readb(addr) : 0xff;
	return err;
}

int pci_read_config_word(const struct pci_dev *dev, int where, u16 *val)
{
	int err;
	void __iomem *addr = find_register(dev->bus, dev->devfn, where, sizeof(*val), &err);

	*val = addr ? readw(addr) : 0xffff;
	return err;
}

int pci_read_config_dword(const struct pci_dev *dev, int where, u32 *val)
{
	return pci_bus_read_config_dword(dev->bus, dev->devfn, where, val);
}

int pci_write_config_byte(const struct pci_dev *dev, int where, u8 val)
{
	int err;
	void __iomem *addr = find_register(dev->bus, dev->devfn, where, sizeof(val), &err);

	if (addr)
		writeb(val, addr);
	return err;
}

int pci_write_config_word(const struct pci_dev *dev, int where, u16 val)
{
	int err;
	void __iomem *addr = find_register(dev->bus, dev->devfn, where, sizeof(val), &err);

	if (addr)
		writew(val, addr);
	return err;
}

int pci_write_config_dword(const struct pci_dev *dev, int where, u32 val)
{
	int err;
	void __iomem *addr = find_register(dev->bus, dev->devfn, where, sizeof(val), &err);

	if (addr)
		writel(val, addr);
	return err;
}
