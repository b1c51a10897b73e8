/* SPDX-License-Identifier: MIT */
/* Pointers to BARs: ports are computed, memory is mapped, and no address gives no pointer. */
#include <asm/pio.h>
#include <drivers/pci/pci.h>
#include <kernel/base/kunit.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <mm/vmalloc.h>

/* Between the virtio-mmio windows and the platform bus there is nothing. */
#define HOLE 0x0b000000

static struct pci_dev dev;

static int setup(struct kunit *test)
{
	memset(&dev, 0, sizeof(dev));
	dev.resource[0] = (struct resource){ .start = HOLE,
					     .end = HOLE + 3 * PAGE_SIZE - 1,
					     .flags = IORESOURCE_MEM };
	dev.resource[1] =
		(struct resource){ .start = 0xff00, .end = 0xff07, .flags = IORESOURCE_IO };
	return 0;
}

static void port_is_an_offset(struct kunit *test)
{
	KUNIT_EXPECT_TRUE(test, ioport_map(0, 1) == PCI_IOBASE);
	KUNIT_EXPECT_TRUE(test, ioport_map(0x3f8, 8) == PCI_IOBASE + 0x3f8);
	KUNIT_EXPECT_TRUE(test, ioport_map(IO_SPACE_LIMIT, 1) == PCI_IOBASE + IO_SPACE_LIMIT);
	KUNIT_EXPECT_NULL(test, ioport_map(IO_SPACE_LIMIT, 2));
	KUNIT_EXPECT_NULL(test, ioport_map(IO_SPACE_LIMIT + 1, 1));
	KUNIT_EXPECT_NULL(test, ioport_map(~0UL, 1));
}

static void bar_without_address_has_no_pointer(struct kunit *test)
{
	KUNIT_EXPECT_NULL(test, pci_iomap(&dev, 0, 0));
	KUNIT_EXPECT_NULL(test, pci_iomap(&dev, 1, 0));
	KUNIT_EXPECT_NULL(test, pci_iomap(&dev, 2, 0));
}

static void both_kinds_are_mapped_alike(struct kunit *test)
{
	const struct vm_struct *area;
	void __iomem *regs, *ports;

	dev.resource[0].parent = &iomem_resource;
	dev.resource[1].parent = &ioport_resource;
	regs = pci_iomap(&dev, 0, 0);
	ports = pci_iomap(&dev, 1, 0);
	area = find_vm_area((__force void *)regs);
	KUNIT_ASSERT_NOT_NULL(test, area);
	KUNIT_EXPECT_EQ(test, area->size, 4 * PAGE_SIZE);
	KUNIT_EXPECT_TRUE(test, ports == PCI_IOBASE + 0xff00);
	pci_iounmap(&dev, regs);
	pci_iounmap(&dev, ports);
	KUNIT_EXPECT_NULL(test, find_vm_area((__force void *)regs));

	regs = pci_iomap(&dev, 0, 1);
	area = find_vm_area((__force void *)regs);
	KUNIT_ASSERT_NOT_NULL(test, area);
	KUNIT_EXPECT_EQ(test, area->size, 2 * PAGE_SIZE);
	pci_iounmap(&dev, regs);
}

static void window_of_ports_is_whole_pages_in_reach(struct kunit *test)
{
	struct resource window = { .start = 0x800, .end = 0x17ff, .flags = IORESOURCE_IO };

	KUNIT_EXPECT_EQ(test, pci_remap_iospace(&window, HOLE), -EINVAL);
	window.start = 0;
	KUNIT_EXPECT_EQ(test, pci_remap_iospace(&window, HOLE), -EINVAL);
	window.end = 0xfff;
	KUNIT_EXPECT_EQ(test, pci_remap_iospace(&window, HOLE + 0x800), -EINVAL);
	window.end = IO_SPACE_LIMIT + PAGE_SIZE;
	KUNIT_EXPECT_EQ(test, pci_remap_iospace(&window, HOLE), -EINVAL);
}

static const struct kunit_case iomap_cases[] = {
	KUNIT_CASE(port_is_an_offset),
	KUNIT_CASE(bar_without_address_has_no_pointer),
	KUNIT_CASE(both_kinds_are_mapped_alike),
	KUNIT_CASE(window_of_ports_is_whole_pages_in_reach),
	{},
};

static const struct kunit_suite iomap_suite = {
	.name = "pci_iomap",
	.init = setup,
	.cases = iomap_cases,
};
kunit_test_suite(iomap_suite);
