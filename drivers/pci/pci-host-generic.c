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

#define PCI_ADDR_CELLS    3 /* phys.hi says which space, two more the address in it */
#define PCI_SIZE_CELLS    2
#define PHYS_HI_SPACE(hi) ((hi) >> 24 & 3) /* 0: configuration; then as PCI_WINDOW_ counts */

/* A row of ranges: [pci, pci + size) on PCI is [cpu, cpu + size) for the CPU. */
struct range {
	unsigned int kind;
	u64 pci, cpu, size;
};

/*
 * Why no device may be put into the window, or NULL. Ports are mapped here, for good. Memory is
 * mapped by drivers: one page must be possible, which above 4 GiB it is not on arm. (`explain` says
 * of an address why it is not.)
 */
static const char *map_window(const struct pci_host_bridge *host, const struct range *range)
{
	bool io = range->kind == PCI_WINDOW_IO;
	struct ioremap_plan plan;

	ioremap_plan(&plan, range->cpu, io ? range->size : PAGE_SIZE, MT_IOREMAP);
	if (!io)
		return plan.refusal ? "no page reaches it" : NULL;
	if (plan.ram)
		return "RAM is there"; /* a write to a port would change it */
	if (pci_remap_iospace(&host->windows[PCI_WINDOW_IO], range->cpu))
		return "it cannot be mapped";
	return NULL;
}

static const char *range_refusal(const struct range *range)
{
	u64 last = range->size - 1;

	if (range->pci + last < range->pci || range->cpu + last < range->cpu)
		return "it wraps around the end of the address space";
	if (range->kind == PCI_WINDOW_MEM && range->pci + last > 0xffffffff)
		return "its addresses on PCI have more than the 32 bits of its devices";
	return NULL;
}

/*
 * Enters one window, for good like the buses behind it: I/O ports by their own numbers, memory by
 * the CPU's addresses.
 */
static const char *enter_window(struct pci_host_bridge *host, const struct range *range)
{
	bool io = range->kind == PCI_WINDOW_IO;
	struct resource *res = &host->windows[range->kind];

	*res = (struct resource){
		.start = io ? range->pci : range->cpu,
		.name = host->dev->of_node->full_name,
		.flags = io ? IORESOURCE_IO : IORESOURCE_MEM,
	};
	res->end = res->start + range->size - 1;
	host->offset[range->kind] = res->start - range->pci;
	if (request_resource(io ? &ioport_resource : &iomem_resource, res))
		return "it is taken";
	return map_window(host, range);
}

/* The first usable one of its kind. One that is not makes room for the next. */
static void claim_window(struct pci_host_bridge *host, const struct range *range)
{
	struct resource *res = &host->windows[range->kind];
	const char *refusal = "a second one of its kind";

	dev_info(host->dev, "%s 0x%08llx..0x%08llx\n", range->kind == PCI_WINDOW_IO ? " IO" : "MEM",
		 range->cpu, range->cpu + range->size - 1);
	if (!(host->usable & 1U << range->kind)) {
		if (res->parent)
			release_resource(res);
		refusal = range_refusal(range) ?: enter_window(host, range);
	}
	if (refusal)
		dev_info(host->dev, "  not used: %s\n", refusal);
	else
		host->usable |= 1U << range->kind;
}

static void claim_windows(struct pci_host_bridge *host)
{
	int len, row_cells, parent_cells = of_n_addr_cells(host->dev->of_node);
	const __be32 *row = of_get_property(host->dev->of_node, "ranges", &len);
	struct range range;

	if (!row || parent_cells < 1 || parent_cells > 2)
		return;
	row_cells = PCI_ADDR_CELLS + parent_cells + PCI_SIZE_CELLS;
	for (len /= sizeof(*row); len >= row_cells; len -= row_cells, row += row_cells) {
		range.kind = PHYS_HI_SPACE(be32_to_cpu(row[0])) - 1;
		range.pci = of_read_number(row + 1, 2);
		range.cpu = of_read_number(row + PCI_ADDR_CELLS, parent_cells);
		range.size = of_read_number(row + PCI_ADDR_CELLS + parent_cells, PCI_SIZE_CELLS);
		if (range.kind < PCI_NR_WINDOWS && range.size)
			claim_window(host, &range);
	}
}

/* Explains why the first unit of the ECAM cannot be reached, although its place is known. */
static void report_unreachable(struct device *dev, const struct pci_config_window *cfg)
{
	const struct resource *res = &cfg->res;
	struct ioremap_plan plan;

	if (pci_ecam_map_bus(cfg, cfg->busn_start, 0, 0)) {
		dev_err(dev, "no PCI: nothing answers at 0x%llx, where ECAM is to be\n",
			res->start);
		return;
	}
	ioremap_plan(&plan, res->start, min_t(u64, resource_size(res), ECAM_UNIT_SIZE), MT_IOREMAP);
	dev_err(dev, "no PCI: ECAM at 0x%llx cannot be mapped: %s\n", res->start,
		plan.refusal ?: "no memory, or no room in vmalloc space");
}

/* The ECAM of the bridge, or ERR_PTR. */
static struct pci_config_window *map_ecam(struct device *dev, const struct resource *window)
{
	u32 buses[2] = { 0, PCI_MAX_BUS };
	struct pci_config_window *cfg;

	of_property_read_u32_array(dev->of_node, "bus-range", buses, 2);
	if (buses[0] > buses[1] || buses[1] > PCI_MAX_BUS) {
		dev_err(dev, "no PCI: bus-range %u-%u makes no sense\n", buses[0], buses[1]);
		return ERR_PTR(-EINVAL);
	}
	if (!window || resource_size(window) < SZ_1M) {
		dev_err(dev, "no PCI: reg has no room for the 1 MiB that a bus takes in ECAM\n");
		return ERR_PTR(-EINVAL);
	}
	cfg = pci_ecam_create(window, buses[0], buses[1]);
	if (IS_ERR(cfg))
		return cfg;
	if (cfg->win)
		dev_info(dev, "ECAM -> 0x%lx\n", (unsigned long)cfg->win);
	else
		dev_info(dev, "ECAM is mapped in parts\n");
	return cfg;
}

/* The windows are claimed only when there is a bus that they could be for. */
static int pci_host_probe(struct platform_device *pdev)
{
	struct resource *window = platform_get_resource(pdev, IORESOURCE_MEM, 0);
	struct pci_host_bridge *host = devm_kzalloc(&pdev->dev, sizeof(*host), GFP_KERNEL);
	struct pci_bus *bus;

	if (!host)
		return -ENOMEM;
	host->dev = &pdev->dev;
	host->cfg = map_ecam(&pdev->dev, window);
	if (IS_ERR(host->cfg))
		return PTR_ERR(host->cfg);
	bus = pci_scan_root_bus(host);
	if (!bus) {
		report_unreachable(&pdev->dev, host->cfg);
		pci_ecam_free(host->cfg);
		return -ENODEV;
	}
	claim_windows(host);
	pci_assign_resources(bus);
	pci_bus_add_devices(bus);
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
