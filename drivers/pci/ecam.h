/* SPDX-License-Identifier: MIT */
/*
 * ECAM: configuration space as memory. Of the offset in the window, bits 27:20 are the bus, 19:15
 * the slot, 14:12 the function, 11:0 the register: 1 MiB a bus.
 *
 * 256 buses are 256 MiB of address space, which is little for a 64-bit kernel. A 32-bit kernel, or
 * one that finds no room, maps the window in units of 16 buses, each when its first bus is reached,
 * and keeps them. 16 MiB is also the largest leaf of arm, and the only one that reaches past 4 GiB
 * there.
 *
 * Linux counterpart: include/linux/pci-ecam.h, drivers/pci/ecam.c (there a 32-bit kernel maps bus
 * by bus, and arm can do so below 4 GiB only)
 */
#pragma once

#include <kernel/lib/compiler.h>
#include <kernel/lib/sizes.h>
#include <kernel/lib/types.h>
#include <mm/resource.h>

#define PCIE_ECAM_BUS_SHIFT   20
#define PCIE_ECAM_DEVFN_SHIFT 12
#define PCIE_ECAM_REG_SIZE    SZ_4K

#define ECAM_UNIT_SIZE SZ_16M
#define ECAM_MAX_UNITS 16

struct pci_config_window {
	struct resource res; /* the window in iomem_resource, "PCI ECAM" */
	u8 busn_start, busn_end;
	void __iomem *win;                   /* the whole window, or NULL: by units */
	void __iomem *units[ECAM_MAX_UNITS]; /* those mapped so far */
};

/*
 * Claims the window for its buses, as many as it has room for, and maps it whole, if that can be.
 * Returns the window, or ERR_PTR: -EBUSY (claimed by another), -ENOMEM, -EINVAL (it holds no bus).
 * Process context; may sleep.
 */
struct pci_config_window *pci_ecam_create(const struct resource *window, u8 busn_start,
					  u8 busn_end);

/* Unmaps all of it, releases the claim and frees the record. Process context. */
void pci_ecam_free(struct pci_config_window *cfg);

/*
 * Makes a bus of the window accessible. Returns 0, -EINVAL for a bus that is not in it, -ENOMEM
 * when its unit cannot be mapped, or -ENODEV when nothing answers there. Process context; may
 * sleep.
 */
int pci_ecam_add_bus(struct pci_config_window *cfg, u8 busn);

/*
 * Returns the address of the register at byte offset `where` of that function, or NULL for a bus
 * that has not been added. Any context.
 */
void __iomem *pci_ecam_map_bus(const struct pci_config_window *cfg, u8 busn, unsigned int devfn,
			       int where);
