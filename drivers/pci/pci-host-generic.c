/* SPDX-License-Identifier: MIT */
/*
 * A host bridge that firmware or a hypervisor has set up: all that is left to know is where its
 * configuration space is, and which of the CPU's addresses it passes on to PCI.
 *
 * Source: IEEE Std 1275-1994 PCI Bus Binding 2.1, chapter 2 (ranges, phys.hi)
 * Linux counterpart: drivers/pci/controller/pci-host-generic.c, pci-host-common.c, drivers/pci/of.c
 */

#include <drivers/base/device.h>
#include <drivers/pci/ecam.h>
#include <drivers/pci/pci.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <mm/ioremap.h>
#include <mm/slab.h>

#define PCI_ADDR_CELLS 3 /* phys.hi says which space, two more the address in it */
#define PCI_SIZE_CELLS 2
#define PHYS_HI_SPACE  0x03000000
#define PHYS_HI_IO     0x01000000
#define PHYS_HI_CONFIG 0x00000000

/*
 * Enters one row of ranges, for good like the buses behind it: I/O ports by their own numbers,
 * memory by the CPU's addresses.
 */
static void claim_window(struct device *dev, const __be32 *row, int parent_cells)
{
	u32 space = be32_to_cpu(row[0]) & PHYS_HI_SPACE;
	u64 size = of_read_number(row + PCI_ADDR_CELLS + parent_cells, PCI_SIZE_CELLS);
	bool io = space == PHYS_HI_IO;
	struct resource *res;

	if (space == PHYS_HI_CONFIG || !size)
		return;
	res = kzalloc(sizeof(*res), GFP_KERNEL);
	if (!res)
		return;
	if (io)
		res->start = of_read_number(row + 1, 2);
	else
		res->start = of_read_number(row + PCI_ADDR_CELLS, parent_cells);
	res->end = res->start + size - 1;
	res->name = dev->of_node->full_name;
	res->flags = io ? IORESOURCE_IO : IORESOURCE_MEM;
	if (request_resource(io ? &ioport_resource : &iomem_resource, res)) {
		dev_warn(dev, "%s 0x%08llx..0x%08llx is taken\n", io ? " IO" : "MEM", res->start,
			 res->end);
		kfree(res);
		return;
	}
	dev_info(dev, "%s 0x%08llx..0x%08llx\n", io ? " IO" : "MEM", res->start, res->end);
}

static void claim_windows(struct device *dev)
{
	int len, row_cells, parent_cells = of_n_addr_cells(dev->of_node);
	const __be32 *row = of_get_property(dev->of_node, "ranges", &len);

	if (!row || parent_cells < 1 || parent_cells > 2)
		return;
	row_cells = PCI_ADDR_CELLS + parent_cells + PCI_SIZE_CELLS;
	for (len /= sizeof(*row); len >= row_cells; len -= row_cells, row += row_cells)
		claim_window(dev, row, parent_cells);
}

/* Explains why the first unit of a window cannot be reached, although the window is known. */
static void report_unreachable(struct device *dev, const struct resource *window)
{
	struct ioremap_plan plan;

	ioremap_plan(&plan, window->start, min_t(u64, resource_size(window), ECAM_UNIT_SIZE),
		     MT_IOREMAP);
	dev_err(dev, "no PCI: ECAM at 0x%llx cannot be mapped: %s\n", window->start,
		plan.refusal ?: "no memory, or no room in vmalloc space");
}

static int pci_host_probe(struct platform_device *pdev)
{
	struct resource *window = platform_get_resource(pdev, IORESOURCE_MEM, 0);
	u32 buses[2] = { 0, PCI_MAX_BUS };
	struct device *dev = &pdev->dev;
	struct pci_config_window *cfg;

	of_property_read_u32_array(dev->of_node, "bus-range", buses, 2);
	if (!window || buses[0] > buses[1] || buses[1] > PCI_MAX_BUS)
		return -EINVAL;
	cfg = pci_ecam_create(window, buses[0], buses[1]);
	if (IS_ERR(cfg))
		return PTR_ERR(cfg);
	if (cfg->win)
		dev_info(dev, "ECAM -> 0x%lx\n", (unsigned long)cfg->win);
	else
		dev_info(dev, "ECAM is mapped in parts\n");
	if (!pci_scan_root_bus(cfg)) {
		report_unreachable(dev, window);
		pci_ecam_free(cfg);
		return -ENODEV;
	}
	claim_windows(dev);
	return 0;
}

static const struct of_device_id pci_host_of_match[] = { { .compatible = "pci-host-ecam-generic" },
							 {} };

static struct platform_driver pci_host_driver = {
	.probe = pci_host_probe,
	.driver = {
		.name = "pci-host-generic",
		.of_match_table = pci_host_of_match,
	},
};
builtin_platform_driver(pci_host_driver);
