/* SPDX-License-Identifier: MIT */
/*
 * How large a device's address ranges are, and where they are put: the registers that hold them.
 *
 * A base address register keeps only the bits that the device compares. The bits below are wired to
 * zero, because the range is a power of two and aligned to itself. So all ones are written, and the
 * lowest one that stays is the size. Meanwhile the device would answer at nonsense addresses, so it
 * is told first not to answer at all. It stays so until a driver enables it.
 *
 * Linux counterpart: __pci_read_base() and pci_read_bridge_bases() in drivers/pci/probe.c,
 * drivers/pci/setup-res.c (there an address that firmware gave is kept when it fits, and the ROM
 * has a resource, too)
 */

#include <drivers/pci/pci.h>

/* The bits of a register that can be set. Its value is put back. */
static u32 writable_bits(const struct pci_dev *dev, int where)
{
	u32 old, bits;

	pci_read_config_dword(dev, where, &old);
	pci_write_config_dword(dev, where, ~0U);
	pci_read_config_dword(dev, where, &bits);
	pci_write_config_dword(dev, where, old);
	return bits;
}

static int base_register(unsigned int bar)
{
	return PCI_BASE_ADDRESS_0 + 4 * bar;
}

/* Reads one BAR. Returns how many registers it takes. */
static unsigned int read_base(struct pci_dev *dev, unsigned int bar)
{
	struct resource *res = &dev->resource[bar];
	u32 low = writable_bits(dev, base_register(bar));
	unsigned int registers = 1;
	u64 mask;

	if (low & PCI_BASE_ADDRESS_SPACE_IO) {
		res->flags = IORESOURCE_IO;
		mask = low & PCI_BASE_ADDRESS_IO_MASK;
	} else {
		res->flags = IORESOURCE_MEM;
		mask = low & PCI_BASE_ADDRESS_MEM_MASK;
		if (low & PCI_BASE_ADDRESS_MEM_PREFETCH)
			res->flags |= IORESOURCE_PREFETCH;
		if (low & PCI_BASE_ADDRESS_MEM_TYPE_64 && bar + 1 < pci_num_bars(dev)) {
			res->flags |= IORESOURCE_MEM_64;
			mask |= (u64)writable_bits(dev, base_register(bar + 1)) << 32;
			registers = 2;
		}
	}
	if (!mask) /* there is no such BAR */
		res->flags = 0;
	res->end = (mask & -mask) - 1;
	res->name = dev->name;
	return registers;
}

/* A window that cannot be moved does not exist. The one for memory below 4 GiB always does. */
static void read_windows(struct pci_dev *dev)
{
	struct resource *window = &dev->resource[PCI_BRIDGE_RESOURCES];

	window[PCI_WINDOW_MEM].flags = IORESOURCE_MEM;
	if (writable_bits(dev, PCI_IO_BASE) & 0xffff)
		window[PCI_WINDOW_IO].flags = IORESOURCE_IO;
	if (writable_bits(dev, PCI_PREF_MEMORY_BASE) & PCI_PREF_RANGE_TYPE_64)
		window[PCI_WINDOW_MEM64].flags = IORESOURCE_MEM | IORESOURCE_MEM_64 |
						 IORESOURCE_PREFETCH;
}

void pci_read_bases(struct pci_dev *dev)
{
	unsigned int bar;
	u16 command;

	pci_read_config_word(dev, PCI_COMMAND, &command);
	pci_write_config_word(dev, PCI_COMMAND, command & ~PCI_COMMAND_ALL);
	for (bar = 0; bar < pci_num_bars(dev); bar += read_base(dev, bar))
		;
	if (pci_is_bridge(dev))
		read_windows(dev);
}

/* The same place, as PCI numbers it. */
static u64 bus_address(const struct pci_dev *dev, const struct resource *res)
{
	const struct pci_host_bridge *host = dev->bus->host;
	unsigned int kind;

	for (kind = 0; kind < PCI_NR_WINDOWS; kind++)
		if (resource_type(&host->windows[kind]) == resource_type(res) &&
		    resource_contains(&host->windows[kind], res))
			return res->start - host->offset[kind];
	return res->start;
}

static void write_base(const struct pci_dev *dev, unsigned int bar)
{
	const struct resource *res = &dev->resource[bar];
	u64 address = bus_address(dev, res);

	pci_write_config_dword(dev, base_register(bar), address);
	if (res->flags & IORESOURCE_MEM_64)
		pci_write_config_dword(dev, base_register(bar + 1), upper_32_bits(address));
}

/* Each window is written as addresses on PCI; first > last closes it. */
static void write_io_window(const struct pci_dev *dev, u64 first, u64 last)
{
	pci_write_config_word(dev, PCI_IO_BASE, (first >> 8 & 0xf0) | (last & 0xf000));
	pci_write_config_dword(dev, PCI_IO_BASE_UPPER16,
			       (first >> 16 & 0xffff) | (last & 0xffff0000));
}

static u32 memory_window(u64 first, u64 last)
{
	return (first >> 16 & 0xfff0) | (last & 0xfff00000);
}

static void write_mem_window(const struct pci_dev *dev, u64 first, u64 last)
{
	pci_write_config_dword(dev, PCI_MEMORY_BASE, memory_window(first, last));
}

static void write_mem64_window(const struct pci_dev *dev, u64 first, u64 last)
{
	pci_write_config_dword(dev, PCI_PREF_MEMORY_BASE, memory_window(first, last));
	pci_write_config_dword(dev, PCI_PREF_BASE_UPPER32, upper_32_bits(first));
	pci_write_config_dword(dev, PCI_PREF_LIMIT_UPPER32, upper_32_bits(last));
}

static void (*const write_window[PCI_NR_WINDOWS])(const struct pci_dev *dev, u64 first,
						  u64 last) = {
	[PCI_WINDOW_IO] = write_io_window,
	[PCI_WINDOW_MEM] = write_mem_window,
	[PCI_WINDOW_MEM64] = write_mem64_window,
};

void pci_write_bases(const struct pci_dev *dev)
{
	const struct resource *res;
	unsigned int i;
	u64 first;

	for (i = 0; i < PCI_STD_NUM_BARS; i++)
		if (dev->resource[i].parent)
			write_base(dev, i);
	for (i = 0; pci_is_bridge(dev) && i < PCI_NR_WINDOWS; i++) {
		res = &dev->resource[PCI_BRIDGE_RESOURCES + i];
		first = bus_address(dev, res);
		if (res->parent)
			write_window[i](dev, first, first + resource_size(res) - 1);
		else
			write_window[i](dev, ~0ULL, 0);
	}
}
