/* SPDX-License-Identifier: MIT */
/* Mapping the ECAM: whole, or unit by unit. Linux counterpart: drivers/pci/ecam.c */

#include <drivers/pci/ecam.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <mm/gfp.h>
#include <mm/ioremap.h>
#include <mm/slab.h>
#include <mm/uaccess.h>

/* 32 bits of address space are too few to map windows whole. */
static const bool per_unit_mapping = sizeof(void *) < sizeof(u64);

static unsigned int bus_offset(const struct pci_config_window *cfg, u8 busn)
{
	return (unsigned int)(busn - cfg->busn_start) << PCIE_ECAM_BUS_SHIFT;
}

struct pci_config_window *pci_ecam_create(const struct resource *window, u8 busn_start, u8 busn_end)
{
	resource_size_t room = resource_size(window) >> PCIE_ECAM_BUS_SHIFT;
	struct pci_config_window *cfg;

	if (!room || busn_end < busn_start)
		return ERR_PTR(-EINVAL);
	cfg = kzalloc(sizeof(*cfg), GFP_KERNEL);
	if (!cfg)
		return ERR_PTR(-ENOMEM);
	cfg->busn_start = busn_start;
	cfg->busn_end = min_t(u64, busn_end, busn_start + room - 1);
	cfg->res = (struct resource){
		.start = window->start,
		.end = window->start + bus_offset(cfg, cfg->busn_end) + SZ_1M - 1,
		.name = "PCI ECAM",
		.flags = IORESOURCE_MEM | IORESOURCE_BUSY,
	};
	if (request_resource(&iomem_resource, &cfg->res)) {
		kfree(cfg);
		return ERR_PTR(-EBUSY);
	}
	if (!per_unit_mapping)
		cfg->win = ioremap(cfg->res.start, resource_size(&cfg->res));
	return cfg;
}

void pci_ecam_free(struct pci_config_window *cfg)
{
	unsigned int i;

	if (cfg->win)
		iounmap(cfg->win);
	for (i = 0; i < ECAM_MAX_UNITS; i++)
		if (cfg->units[i])
			iounmap(cfg->units[i]);
	release_resource(&cfg->res);
	kfree(cfg);
}

/* Where a bus is, an empty slot reads as all ones. Where no bridge is, a read may abort. */
static bool bus_answers(const struct pci_config_window *cfg, u8 busn)
{
	const void __iomem *first = pci_ecam_map_bus(cfg, busn, 0, 0);
	u64 id;

	return !peek_kernel_nofault(&id, (__force const void *)first, 32);
}

/* Not inlined: vmallocinfo is to show this name. */
noinline int pci_ecam_add_bus(struct pci_config_window *cfg, u8 busn)
{
	unsigned int start;
	void __iomem **unit;

	if (busn < cfg->busn_start || busn > cfg->busn_end)
		return -EINVAL;
	start = bus_offset(cfg, busn) & ~(ECAM_UNIT_SIZE - 1);
	unit = &cfg->units[start / ECAM_UNIT_SIZE];
	if (!cfg->win && !*unit)
		*unit = ioremap(cfg->res.start + start,
				min_t(u64, resource_size(&cfg->res) - start, ECAM_UNIT_SIZE));
	if (!cfg->win && !*unit)
		return -ENOMEM;
	return bus_answers(cfg, busn) ? 0 : -ENODEV;
}

void __iomem *pci_ecam_map_bus(const struct pci_config_window *cfg, u8 busn, unsigned int devfn,
			       int where)
{
	unsigned int offset = bus_offset(cfg, busn);
	void __iomem *base = cfg->win;

	if (busn < cfg->busn_start || busn > cfg->busn_end)
		return NULL;
	if (!base) {
		base = cfg->units[offset / ECAM_UNIT_SIZE];
		offset %= ECAM_UNIT_SIZE;
	}
	return base ? base + offset + (devfn << PCIE_ECAM_DEVFN_SHIFT) + where : NULL;
}
