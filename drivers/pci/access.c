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
	addr = pci_ecam_map_bus(bus->cfg, bus->number, devfn, where);
	*err = addr ? PCIBIOS_SUCCESSFUL : PCIBIOS_DEVICE_NOT_FOUND;
	return addr;
}

#define PCI_ACCESSORS(name, type, read, write)                                              \
	int pci_bus_read_config_##name(struct pci_bus *bus, unsigned int devfn, int where,  \
				       type *val)                                           \
	{                                                                                   \
		int err;                                                                    \
		void __iomem *addr = find_register(bus, devfn, where, sizeof(type), &err);  \
                                                                                            \
		*val = addr ? read(addr) : (type)~0U;                                       \
		return err;                                                                 \
	}                                                                                   \
	int pci_bus_write_config_##name(struct pci_bus *bus, unsigned int devfn, int where, \
					type val)                                           \
	{                                                                                   \
		int err;                                                                    \
		void __iomem *addr = find_register(bus, devfn, where, sizeof(type), &err);  \
                                                                                            \
		if (addr)                                                                   \
			write(val, addr);                                                   \
		return err;                                                                 \
	}                                                                                   \
	int pci_read_config_##name(const struct pci_dev *dev, int where, type *val)         \
	{                                                                                   \
		return pci_bus_read_config_##name(dev->bus, dev->devfn, where, val);        \
	}                                                                                   \
	int pci_write_config_##name(const struct pci_dev *dev, int where, type val)         \
	{                                                                                   \
		return pci_bus_write_config_##name(dev->bus, dev->devfn, where, val);       \
	}

PCI_ACCESSORS(byte, u8, readb, writeb)
PCI_ACCESSORS(word, u16, readw, writew)
PCI_ACCESSORS(dword, u32, readl, writel)
