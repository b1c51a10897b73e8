/* SPDX-License-Identifier: MIT */
/*
 * Addresses behind a host bridge, on machines of which no two are alike. What the kernel did is
 * read back from the devices' registers (pci_model.h), and judged by what a bus does: an access
 * reaches a BAR when each bridge on the way passes it on, and nothing else answers there.
 */
#include <drivers/pci/ecam.h>
#include <drivers/pci/pci.h>
#include <drivers/pci/tests/pci_model.h>
#include <host.h>
#include <kernel/base/kunit.h>
#include <kernel/base/tests/print_log.h>
#include <kernel/lib/string.h>
#include <mm/slab.h>

#define MACHINES 1000
#define MIN_IO   0x1000

/* In the place of the kernel's: every bus is reached. */
struct bus_type pci_bus_type = { .name = "pci" };

int pci_ecam_add_bus(struct pci_config_window *cfg, u8 busn)
{
	return 0;
}

/* --- The host bridge --- */

/* As the CPU sees them. Its memory below 4 GiB is elsewhere on PCI. */
static const struct model_window windows[PCI_NR_WINDOWS] = {
	[PCI_WINDOW_IO] = { 0, 0x10000, 0 },
	[PCI_WINDOW_MEM] = { 0x50000000, 0x2eff0000, 0x40000000 },
	[PCI_WINDOW_MEM64] = { 0x8000000000, 0x8000000000, 0 },
};

static struct pci_config_window config_window = { .busn_end = 255 };
static struct pci_host_bridge host;
static struct pci_bus *root;
static const char *log;

static void assign(unsigned int usable)
{
	unsigned int kind;

	memset(&host, 0, sizeof(host));
	host.cfg = &config_window;
	host.usable = usable;
	for (kind = 0; kind < PCI_NR_WINDOWS; kind++) {
		bool io = kind == PCI_WINDOW_IO;

		host.windows[kind] = (struct resource){
			.start = windows[kind].start,
			.end = windows[kind].start + windows[kind].size - 1,
			.name = "pcie",
			.flags = io ? IORESOURCE_IO : IORESOURCE_MEM,
		};
		host.offset[kind] = windows[kind].offset;
		request_resource(io ? &ioport_resource : &iomem_resource, &host.windows[kind]);
	}
	print_log_start();
	root = pci_scan_root_bus(&host);
	pci_assign_resources(root);
	log = print_log_stop();
}

static void free_bus(struct pci_bus *bus)
{
	struct pci_dev *dev, *next;

	list_for_each_entry_safe(dev, next, &bus->devices, bus_list) {
		if (dev->subordinate)
			free_bus(dev->subordinate);
		list_del(&dev->global_list);
		kfree(dev);
	}
	kfree(bus);
}

static int setup(struct kunit *test)
{
	model_reset();
	return 0;
}

static void forget(void)
{
	free_bus(root);
	iomem_resource.child = NULL;
	ioport_resource.child = NULL;
}

/* --- The judge --- */

static struct pci_dev *kernels(const struct model_device *dev)
{
	struct pci_dev *pci;

	list_for_each_entry(pci, &pci_devices, global_list)
		if (model_find(pci->bus->number, pci->devfn) == dev)
			return pci;
	return NULL;
}

static bool has_address(const struct model_device *dev, const struct model_bar *bar)
{
	return kernels(dev)->resource[bar->index].parent;
}

static u64 last_of(const struct model_bar *bar)
{
	return bar->address + bar->size - 1;
}

static bool within(u64 first, u64 last, const struct model_bar *bar)
{
	return bar->address >= first && last_of(bar) <= last;
}

/* The kind of the host bridge's window that a BAR lies in, or PCI_NR_WINDOWS. */
static unsigned int root_window(const struct model_bar *bar)
{
	unsigned int kind;
	u64 first;

	for (kind = 0; kind < PCI_NR_WINDOWS; kind++) {
		first = windows[kind].start - windows[kind].offset;
		if (bar->io == (kind == PCI_WINDOW_IO) &&
		    within(first, first + windows[kind].size - 1, bar))
			return kind;
	}
	return kind;
}

/* Does the bridge pass an access to the BAR on? 2: by a window that may be read ahead. */
static unsigned int passes(const struct model_device *bridge, const struct model_bar *bar)
{
	u64 first, last;

	if (bar->io)
		return model_window(bridge, PCI_WINDOW_IO, &first, &last) &&
		       within(first, last, bar);
	if (model_window(bridge, PCI_WINDOW_MEM64, &first, &last) && within(first, last, bar))
		return 2;
	return model_window(bridge, PCI_WINDOW_MEM, &first, &last) && within(first, last, bar);
}

static bool decodes(const struct model_device *dev)
{
	return dev->config[PCI_COMMAND] & (PCI_COMMAND_IO | PCI_COMMAND_MEMORY);
}

static void expect_reached(struct kunit *test, const struct model_device *dev,
			   const struct model_bar *bar)
{
	const struct model_device *bridge;
	int parent = dev->parent;
	unsigned int by;

	for (; parent >= 0; parent = bridge->parent) {
		bridge = &model_devices[parent];
		by = passes(bridge, bar);
		KUNIT_EXPECT_TRUE(test, by);
		KUNIT_EXPECT_TRUE(test, by < 2 || bar->prefetch);
		KUNIT_EXPECT_EQ(test, bridge->config[PCI_COMMAND], PCI_COMMAND_ALL);
	}
}

static bool is_behind(const struct model_device *dev, const struct model_device *bridge)
{
	for (; dev->parent >= 0; dev = &model_devices[dev->parent])
		if (&model_devices[dev->parent] == bridge)
			return true;
	return false;
}

/* No other BAR, and no bridge that the device is not behind. */
static void expect_alone(struct kunit *test, const struct model_device *dev,
			 const struct model_bar *bar)
{
	const struct model_device *other = model_devices;
	const struct model_bar *b;
	unsigned int kind;
	u64 first, last;

	for (; other < model_devices + model_nr_devices; other++) {
		for (b = other->bars; b < other->bars + other->nr_bars; b++)
			if (b != bar && b->io == bar->io && has_address(other, b))
				KUNIT_EXPECT_TRUE(test, last_of(b) < bar->address ||
								b->address > last_of(bar));
		for (kind = 0; other->bridge && kind < PCI_NR_WINDOWS; kind++)
			if (bar->io == (kind == PCI_WINDOW_IO) && !is_behind(dev, other) &&
			    model_window(other, kind, &first, &last))
				KUNIT_EXPECT_TRUE(test,
						  last < bar->address || first > last_of(bar));
	}
}

static void expect_right_address(struct kunit *test, const struct model_device *dev,
				 const struct model_bar *bar)
{
	unsigned int kind = root_window(bar);

	KUNIT_ASSERT_NE(test, kind, PCI_NR_WINDOWS);
	KUNIT_EXPECT_EQ(test, kernels(dev)->resource[bar->index].start,
			bar->address + windows[kind].offset);
	KUNIT_EXPECT_EQ(test, bar->address % bar->size, 0);
	KUNIT_EXPECT_TRUE(test, !bar->io || bar->address >= MIN_IO);
	expect_reached(test, dev, bar);
	expect_alone(test, dev, bar);
}

/* Judges the whole machine. Returns how many BARs have no address. */
static unsigned int judge(struct kunit *test)
{
	struct model_device *dev = model_devices;
	const struct model_bar *bar;
	unsigned int without = 0;

	for (; dev < model_devices + model_nr_devices; dev++)
		model_decode(dev);
	for (dev = model_devices; dev < model_devices + model_nr_devices; dev++) {
		KUNIT_EXPECT_TRUE(test, dev->bridge || !decodes(dev));
		for (bar = dev->bars; bar < dev->bars + dev->nr_bars; bar++) {
			KUNIT_EXPECT_EQ(test, pci_resource_len(kernels(dev), bar->index),
					bar->size);
			if (has_address(dev, bar))
				expect_right_address(test, dev, bar);
			else
				without++;
		}
	}
	return without;
}

/* --- Cases --- */

static unsigned int times(const char *text, const char *word)
{
	unsigned int n = 0;

	for (; (text = strstr(text, word)); text++)
		n++;
	return n;
}

static void small_machines_fit(struct kunit *test)
{
	unsigned int n, without;

	for (n = 0; n < MACHINES && !test->failures; n++) {
		model_random(n, 15, 18); /* 2 MiB a BAR at most: they cannot fill a window */
		assign(n & 1 ? 7 : 3);
		without = judge(test);
		KUNIT_EXPECT_EQ(test, without, model_ports_out_of_reach());
		KUNIT_EXPECT_EQ(test, times(log, "gets no address"), without);
		KUNIT_EXPECT_EQ(test, times(log, "does not fit"), 0);
		forget();
	}
}

static void full_machines_are_sound(struct kunit *test)
{
	unsigned int n, without, full = 0;

	for (n = 0; n < MACHINES && !test->failures; n++) {
		model_random(n, MODEL_DEVICES, 26); /* up to 512 MiB a BAR */
		assign(n & 1 ? 7 : 3);
		without = judge(test);
		KUNIT_EXPECT_EQ(test, !!without,
				times(log, "does not fit") || times(log, "gets no address"));
		full += without > model_ports_out_of_reach();
		forget();
	}
	KUNIT_EXPECT_GT(test, full, MACHINES / 10);
}

/* 17 MiB behind a bridge take 17, wherever the window begins; the largest comes first. */
static void window_is_as_large_as_what_is_behind(struct kunit *test)
{
	struct model_device *dev;
	u64 first, last;

	model_add_bar(&model_devices[0], SZ_4K, false, false, false);
	model_add(-1, true);
	dev = model_add(1, false);
	model_add_bar(dev, SZ_4K, false, false, false);
	model_add_bar(dev, SZ_16M, false, false, false);
	assign(7);
	KUNIT_EXPECT_EQ(test, judge(test), 0);
	KUNIT_ASSERT_TRUE(test, model_window(&model_devices[1], PCI_WINDOW_MEM, &first, &last));
	KUNIT_EXPECT_EQ(test, first, 0x10000000);
	KUNIT_EXPECT_EQ(test, last, 0x10000000 + SZ_16M + SZ_1M - 1);
	KUNIT_EXPECT_EQ(test, dev->bars[1].address, 0x10000000);
	KUNIT_EXPECT_EQ(test, dev->bars[0].address, 0x10000000 + SZ_16M);
	KUNIT_EXPECT_FALSE(test, model_window(&model_devices[1], PCI_WINDOW_IO, &first, &last));
	forget();
}

/* The window's very last byte can be used, and one byte more cannot. */
static void last_byte_of_a_window(struct kunit *test)
{
	unsigned int i;

	for (i = 0; i < 17; i++) /* 15 times 4 KiB, from the first port that may be given out */
		model_add_bar(model_add(-1, false), SZ_4K, true, false, false);
	assign(7);
	KUNIT_EXPECT_EQ(test, judge(test), 2);
	KUNIT_EXPECT_EQ(test, times(log, "does not fit into what is left of pcie"), 2);
	KUNIT_EXPECT_EQ(test, model_devices[15].bars[0].address, 0xf000);
	forget();
}

/* Without a window that the CPU can map, a 64-bit BAR goes below 4 GiB. */
static void wide_bars_take_the_window_that_there_is(struct kunit *test)
{
	model_add_bar(model_add(-1, false), SZ_1M, false, true, true);
	assign(7);
	KUNIT_EXPECT_EQ(test, judge(test), 0);
	KUNIT_EXPECT_EQ(test, model_devices[1].bars[0].address, 0x8000000000);
	forget();
	assign(3);
	KUNIT_EXPECT_EQ(test, judge(test), 0);
	KUNIT_EXPECT_EQ(test, model_devices[1].bars[0].address, 0x10000000);
	forget();
}

static const struct kunit_case pci_cases[] = {
	KUNIT_CASE(window_is_as_large_as_what_is_behind),
	KUNIT_CASE(last_byte_of_a_window),
	KUNIT_CASE(wide_bars_take_the_window_that_there_is),
	KUNIT_CASE(small_machines_fit),
	KUNIT_CASE(full_machines_are_sound),
	{},
};

static const struct kunit_suite pci_suite = {
	.name = "pci",
	.init = setup,
	.cases = pci_cases,
};
kunit_test_suite(pci_suite);
