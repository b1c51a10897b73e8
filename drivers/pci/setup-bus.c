/* SPDX-License-Identifier: MIT */
/*
 * Gives addresses to everything behind a host bridge.
 *
 * Two passes. The first goes from the leaves to the root: a bridge's window must hold all that is
 * behind it, so that is added up. The second goes from the root to the leaves: each bus is laid out
 * inside its window, which has an address by then.
 *
 * Both use the same layout. Ranges are powers of two, aligned to themselves, so the largest
 * alignment comes first and nothing is lost between them. (Only a bridge's window need not be a
 * power of two; what follows it may be moved up to the next multiple.) The sum of the first pass is
 * that of the second, because a window is aligned to the largest alignment inside it.
 *
 * Linux counterpart: drivers/pci/setup-bus.c (there bridges for hotplug get windows for devices
 * that may come, and a window that does not fit is tried again without those)
 */

#include <drivers/pci/pci.h>
#include <kernel/lib/sizes.h>
#include <kernel/lib/vsprintf.h>

/* Ports below are those of the devices of an old PC, which decode them without being asked. */
#define PCIBIOS_MIN_IO 0x1000

/* What a bridge's window is a multiple of. */
static const resource_size_t granularity[PCI_NR_WINDOWS] = {
	[PCI_WINDOW_IO] = SZ_4K,
	[PCI_WINDOW_MEM] = SZ_1M,
	[PCI_WINDOW_MEM64] = SZ_1M,
};

/* --- The layout of one bus in one window --- */

/* What is left of a window. */
struct room {
	struct resource *window; /* NULL: it is only measured */
	resource_size_t next, last;
};

static unsigned int window_for(const struct pci_bus *bus, const struct resource *res)
{
	if (res->flags & IORESOURCE_IO)
		return PCI_WINDOW_IO;
	/* A bridge may read ahead in its 64-bit window, which must do no harm to the device. */
	if (res->flags & IORESOURCE_MEM_64 && bus->resource[PCI_WINDOW_MEM64] &&
	    (!bus->self || res->flags & IORESOURCE_PREFETCH))
		return PCI_WINDOW_MEM64;
	return PCI_WINDOW_MEM;
}

static resource_size_t alignment(const struct pci_dev *dev, unsigned int i)
{
	if (i < PCI_BRIDGE_RESOURCES)
		return resource_size(&dev->resource[i]);
	return dev->subordinate->align[i - PCI_BRIDGE_RESOURCES];
}

/* "mem 0x10000000-0x100fffff 64bit pref", or without an address "mem size 0x00100000". */
static void range_text(char *text, size_t size, const struct resource *res)
{
	const char *type = res->flags & IORESOURCE_IO ? "io" : "mem";
	const char *bits = res->flags & IORESOURCE_MEM_64 ? " 64bit" : "";
	const char *pref = res->flags & IORESOURCE_PREFETCH ? " pref" : "";

	if (res->parent)
		snprintf(text, size, "%s 0x%llx-0x%llx%s%s", type, res->start, res->end, bits,
			 pref);
	else
		snprintf(text, size, "%s size 0x%llx%s%s", type, resource_size(res), bits, pref);
}

static void report(const struct pci_dev *dev, unsigned int i, const struct room *room)
{
	char name[16] = "bridge window", text[64], window[64];
	const struct resource *res = &dev->resource[i];

	if (i < PCI_BRIDGE_RESOURCES)
		snprintf(name, sizeof(name), "BAR %u", i);
	range_text(text, sizeof(text), res);
	if (res->parent) {
		dev_info(&dev->dev, "%s [%s]: assigned\n", name, text);
	} else if (room->window) {
		range_text(window, sizeof(window), room->window);
		dev_warn(&dev->dev, "%s [%s] does not fit into what is left of %s [%s]\n", name,
			 text, room->window->name, window);
	} else {
		dev_warn(&dev->dev, "%s [%s] gets no address: no window leads to it\n", name, text);
	}
}

/* Puts the range where the room goes on. False, with nothing changed, when it does not fit. */
static bool place(struct resource *res, resource_size_t align, struct room *room)
{
	resource_size_t size = resource_size(res), start = ALIGN(room->next, align);

	/* ALIGN() may have wrapped to below next. No sum with size, because that may wrap, too. */
	if (start < room->next || start > room->last || size - 1 > room->last - start)
		return false;
	res->start = start;
	res->end = start + size - 1;
	room->next = res->end + 1;
	return true;
}

/* Lays out what of one device goes into that kind of window and has that alignment. */
static void lay_out_device(struct pci_dev *dev, unsigned int kind, resource_size_t align,
			   struct room *room, bool final)
{
	struct resource *res;
	unsigned int i;

	for (i = 0; i < PCI_NUM_RESOURCES; i++) {
		res = &dev->resource[i];
		if (!res->flags || window_for(dev->bus, res) != kind || alignment(dev, i) != align)
			continue;
		if (place(res, align, room) && room->window)
			request_resource(room->window, res);
		if (final)
			report(dev, i, room);
	}
}

static void lay_out(struct pci_bus *bus, unsigned int kind, struct room *room, bool final)
{
	struct pci_dev *dev;
	int shift;

	for (shift = 63; shift >= 0; shift--)
		list_for_each_entry(dev, &bus->devices, bus_list)
			lay_out_device(dev, kind, BIT_ULL(shift), room, final);
}

/* --- The first pass --- */

static resource_size_t largest_alignment(const struct pci_bus *bus, unsigned int kind)
{
	resource_size_t largest = granularity[kind];
	const struct pci_dev *dev;
	unsigned int i;

	list_for_each_entry(dev, &bus->devices, bus_list)
		for (i = 0; i < PCI_NUM_RESOURCES; i++)
			if (dev->resource[i].flags && window_for(bus, &dev->resource[i]) == kind)
				largest = max(largest, alignment(dev, i));
	return largest;
}

/* An empty window does not exist: the bridge keeps it closed. */
static void size_window(struct pci_bus *bus, unsigned int kind)
{
	struct resource *window = bus->resource[kind];
	struct room room = { .last = ~(resource_size_t)0 };

	lay_out(bus, kind, &room, false);
	bus->align[kind] = largest_alignment(bus, kind);
	window->name = bus->name;
	window->end = ALIGN(room.next, granularity[kind]) - 1;
	if (!room.next)
		window->flags = 0;
}

/* The bus behind gets the windows that the bridge has, where the bus above has that kind, too. */
static void give_windows(const struct pci_bus *bus, struct pci_dev *bridge)
{
	struct resource *window = &bridge->resource[PCI_BRIDGE_RESOURCES];
	unsigned int kind;

	for (kind = 0; kind < PCI_NR_WINDOWS; kind++, window++) {
		if (!bridge->subordinate || !bus->resource[kind])
			window->flags = 0;
		else if (window->flags)
			bridge->subordinate->resource[kind] = window;
	}
}

static void size_windows_behind(struct pci_bus *bus)
{
	struct pci_dev *dev;
	unsigned int kind;

	list_for_each_entry(dev, &bus->devices, bus_list) {
		give_windows(bus, dev);
		if (!dev->subordinate)
			continue;
		size_windows_behind(dev->subordinate);
		for (kind = 0; kind < PCI_NR_WINDOWS; kind++)
			if (dev->subordinate->resource[kind])
				size_window(dev->subordinate, kind);
	}
}

/* --- The second pass --- */

/* What is behind a window that did not fit is not reported again. */
static void assign_window(struct pci_bus *bus, unsigned int kind)
{
	struct resource *window = bus->resource[kind];
	struct room room = { .window = window };

	if (window && !window->parent)
		return;
	if (window) {
		room.next = window->start;
		room.last = window->end;
		if (kind == PCI_WINDOW_IO && !bus->self)
			room.next = max_t(resource_size_t, room.next, PCIBIOS_MIN_IO);
	} else {
		room.next = 1; /* and last 0: there is no room at all */
	}
	lay_out(bus, kind, &room, true);
}

static void assign_bus(struct pci_bus *bus)
{
	struct pci_dev *dev;
	unsigned int kind;

	for (kind = 0; kind < PCI_NR_WINDOWS; kind++)
		assign_window(bus, kind);
	list_for_each_entry(dev, &bus->devices, bus_list) {
		pci_write_bases(dev);
		if (!dev->subordinate)
			continue;
		/* Or nothing behind it is reached, and nothing behind it reaches memory. */
		pci_write_config_word(dev, PCI_COMMAND, PCI_COMMAND_ALL);
		assign_bus(dev->subordinate);
	}
}

void pci_assign_resources(struct pci_bus *root)
{
	unsigned int kind;

	for (kind = 0; kind < PCI_NR_WINDOWS; kind++)
		if (root->host->usable & 1U << kind)
			root->resource[kind] = &root->host->windows[kind];
	size_windows_behind(root);
	assign_bus(root);
}
