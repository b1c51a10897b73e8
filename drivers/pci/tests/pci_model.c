/* SPDX-License-Identifier: MIT */
/* A machine of PCI devices, by the specification (pci_model.h). */
#include <drivers/pci/pci.h>
#include <drivers/pci/tests/pci_model.h>
#include <kernel/lib/string.h>

struct model_device model_devices[MODEL_DEVICES];
unsigned int model_nr_devices;

/* --- Building --- */

void model_reset(void)
{
	model_nr_devices = 0;
	model_add(-1, false);
}

static void put(u8 *bytes, int where, u32 value, int size)
{
	for (; size--; value >>= 8)
		bytes[where++] = value;
}

static u32 get(const u8 *bytes, int where, int size)
{
	u32 value = 0;

	while (size--)
		value = value << 8 | bytes[where + size];
	return value;
}

struct model_device *model_add(int parent, bool bridge)
{
	struct model_device *dev = &model_devices[model_nr_devices];
	unsigned int i, slot = 0;

	for (i = 0; i < model_nr_devices; i++)
		if (model_devices[i].parent == parent)
			slot++;
	if (model_nr_devices == MODEL_DEVICES || slot == 32)
		return NULL;
	model_nr_devices++;
	memset(dev, 0, sizeof(*dev));
	dev->parent = parent;
	dev->devfn = slot << 3;
	dev->bridge = bridge;
	put(dev->config, PCI_VENDOR_ID, 0x11e81234, 4);
	put(dev->mask, PCI_COMMAND, 7, 2);
	if (bridge) {
		dev->config[PCI_HEADER_TYPE] = 1;
		put(dev->mask, PCI_PRIMARY_BUS, 0xffffff, 4);
		put(dev->mask, PCI_MEMORY_BASE, 0xfff0fff0, 4);
		/* As firmware may have left it: on, and open from 0x10000000 to 0x1fffffff. */
		put(dev->config, PCI_COMMAND, 7, 2);
		put(dev->config, PCI_MEMORY_BASE, 0x1ff01000, 4);
	}
	return dev;
}

bool model_add_bar(struct model_device *dev, u64 size, bool io, bool wide, bool prefetch)
{
	unsigned int index = 0, registers = dev->bridge ? 2 : 6, i;
	int where;

	for (i = 0; i < dev->nr_bars; i++)
		index = dev->bars[i].index + (dev->bars[i].wide ? 2 : 1);
	if (index + (wide ? 2 : 1) > registers)
		return false;
	dev->bars[dev->nr_bars++] = (struct model_bar){ index, io, wide, prefetch, size, 0 };
	where = PCI_BASE_ADDRESS_0 + 4 * index;
	put(dev->config, where, io ? 1 : (wide ? 4 : 0) | (prefetch ? 8 : 0), 4);
	put(dev->mask, where, io ? 0xffff & -size : -size & ~0xfULL, 4);
	if (wide)
		put(dev->mask, where + 4, -size >> 32, 4);
	return true;
}

/* --- Machines of chance --- */

static u64 seed;

static unsigned int below(unsigned int limit)
{
	seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
	return (seed >> 33) % limit;
}

static void random_bars(struct model_device *dev, unsigned int largest)
{
	unsigned int n = below(4);

	while (n--) {
		bool io = !below(4), wide = !io && below(2);

		model_add_bar(dev, io ? 4ULL << below(7) : 16ULL << below(largest), io, wide,
			      !io && below(2));
	}
}

void model_random(unsigned int number, unsigned int devices, unsigned int largest)
{
	seed = number;
	model_reset();
	devices = 1 + below(devices);
	while (model_nr_devices < devices) {
		int parent = below(model_nr_devices + 1) - 1;
		struct model_device *dev;

		if (parent >= 0 && !model_devices[parent].bridge)
			parent = -1;
		dev = model_add(parent, below(3) == 0);
		if (!dev)
			continue;
		dev->has_io = dev->bridge && below(3);
		dev->has_wide = dev->bridge && below(3);
		if (dev->has_io)
			memset(dev->mask + PCI_IO_BASE, 0xf0, 2);
		if (dev->has_io)
			memset(dev->mask + PCI_IO_BASE_UPPER16, 0xff, 4);
		if (dev->has_wide) {
			memset(dev->mask + PCI_PREF_BASE_UPPER32, 0xff, 8);
			memcpy(dev->mask + PCI_PREF_MEMORY_BASE, "\xf0\xff\xf0\xff", 4);
			memcpy(dev->config + PCI_PREF_MEMORY_BASE, "\x01\x00\x01\x00", 4);
		}
		random_bars(dev, largest);
	}
}

static bool leads_to_ports(const struct model_device *dev)
{
	for (; dev->parent >= 0; dev = &model_devices[dev->parent])
		if (!model_devices[dev->parent].has_io)
			return false;
	return true;
}

unsigned int model_ports_out_of_reach(void)
{
	const struct model_device *dev = model_devices;
	unsigned int i, count = 0;

	for (; dev < model_devices + model_nr_devices; dev++)
		for (i = 0; i < dev->nr_bars; i++)
			count += dev->bars[i].io && !leads_to_ports(dev);
	return count;
}

/* --- Reading back --- */

void model_decode(struct model_device *dev)
{
	struct model_bar *bar = dev->bars;
	int where;

	for (; bar < dev->bars + dev->nr_bars; bar++) {
		where = PCI_BASE_ADDRESS_0 + 4 * bar->index;
		bar->address = get(dev->config, where, 4) & (bar->io ? ~3U : ~0xfU);
		if (bar->wide)
			bar->address |= (u64)get(dev->config, where + 4, 4) << 32;
	}
}

bool model_window(const struct model_device *dev, unsigned int kind, u64 *first, u64 *last)
{
	const u8 *c = dev->config;

	if (kind == PCI_WINDOW_IO) {
		*first = (u64)(c[0x1c] & 0xf0) << 8 | get(c, 0x30, 2) << 16;
		*last = (u64)(c[0x1d] & 0xf0) << 8 | 0xfff | get(c, 0x32, 2) << 16;
		return dev->has_io && *first <= *last;
	}
	if (kind == PCI_WINDOW_MEM) {
		*first = (u64)(get(c, 0x20, 2) & 0xfff0) << 16;
		*last = (u64)(get(c, 0x22, 2) & 0xfff0) << 16 | 0xfffff;
		return *first <= *last;
	}
	*first = (u64)(get(c, 0x24, 2) & 0xfff0) << 16 | (u64)get(c, 0x28, 4) << 32;
	*last = (u64)(get(c, 0x26, 2) & 0xfff0) << 16 | 0xfffff | (u64)get(c, 0x2c, 4) << 32;
	return dev->has_wide && *first <= *last;
}

/* --- Configuration accesses, in the place of access.c --- */

struct model_device *model_find(u8 bus, unsigned int devfn)
{
	struct model_device *dev = model_devices;
	u8 secondary;

	for (; dev < model_devices + model_nr_devices; dev++) {
		secondary = dev->parent < 0 ? 0 : model_devices[dev->parent].config[0x19];
		/* A bridge that has no number yet passes nothing on. */
		if (secondary == bus && dev->devfn == devfn && (bus || dev->parent < 0))
			return dev;
	}
	return NULL;
}

static u32 read(u8 bus, unsigned int devfn, int where, int size)
{
	const struct model_device *dev = model_find(bus, devfn);

	return dev ? get(dev->config, where, size) : ~0U;
}

static void write(const struct pci_dev *pci, int where, u32 value, int size)
{
	struct model_device *dev = model_find(pci->bus->number, pci->devfn);

	for (; dev && size--; where++, value >>= 8)
		dev->config[where] = (dev->config[where] & ~dev->mask[where]) |
				     (value & dev->mask[where]);
}

int pci_bus_read_config_dword(struct pci_bus *bus, unsigned int devfn, int where, u32 *val)
{
	*val = read(bus->number, devfn, where, 4);
	return 0;
}

int pci_read_config_byte(const struct pci_dev *dev, int where, u8 *val)
{
	*val = read(dev->bus->number, dev->devfn, where, 1);
	return 0;
}

int pci_read_config_word(const struct pci_dev *dev, int where, u16 *val)
{
	*val = read(dev->bus->number, dev->devfn, where, 2);
	return 0;
}

int pci_read_config_dword(const struct pci_dev *dev, int where, u32 *val)
{
	*val = read(dev->bus->number, dev->devfn, where, 4);
	return 0;
}

int pci_write_config_byte(const struct pci_dev *dev, int where, u8 val)
{
	write(dev, where, val, 1);
	return 0;
}

int pci_write_config_word(const struct pci_dev *dev, int where, u16 val)
{
	write(dev, where, val, 2);
	return 0;
}

int pci_write_config_dword(const struct pci_dev *dev, int where, u32 val)
{
	write(dev, where, val, 4);
	return 0;
}
