/* SPDX-License-Identifier: MIT */
/*
 * PCI: buses, the devices on them, and their configuration space.
 *
 * A host bridge gives a window in which each function of each device has 4 KiB of configuration
 * space (ECAM, drivers/pci/ecam.h). A bus is found behind the host bridge or behind a bridge on
 * another bus. A device is found by reading the vendor of each of the 32 slots.
 *
 * Buses and devices are made once, by the probe of the host bridge, and never freed, so there is no
 * lock. Configuration accesses are single loads and stores: any context, unless noted.
 *
 * Linux counterpart: include/linux/pci.h, include/uapi/linux/pci_regs.h
 */
#pragma once

#include <kernel/lib/list.h>
#include <kernel/lib/types.h>

struct device;
struct pci_config_window;
struct seq_buf;

#define PCI_DEVFN(slot, func) (((slot) & 0x1f) << 3 | ((func) & 0x07))
#define PCI_SLOT(devfn)       ((devfn) >> 3 & 0x1f)
#define PCI_FUNC(devfn)       ((devfn) & 0x07)
#define PCI_MAX_BUS           255

#define PCI_CFG_SPACE_SIZE 256

/* Registers of configuration space. */
#define PCI_VENDOR_ID          0x00
#define PCI_DEVICE_ID          0x02
#define PCI_CLASS_REVISION     0x08 /* the class is its upper 24 bits */
#define PCI_HEADER_TYPE        0x0e
#define PCI_HEADER_TYPE_MASK   0x7f
#define PCI_HEADER_TYPE_BRIDGE 1
#define PCI_HEADER_TYPE_MULTI  0x80 /* more functions than 0 */
#define PCI_BASE_ADDRESS_0     0x10
#define PCI_PRIMARY_BUS        0x18 /* then secondary, subordinate, and a timer */
#define PCI_ROM_ADDRESS        0x30
#define PCI_ROM_ADDRESS1       0x38 /* of a bridge */

/* What a configuration access returns, as the PCI BIOS did; 0 is success. */
#define PCIBIOS_SUCCESSFUL          0x00
#define PCIBIOS_DEVICE_NOT_FOUND    0x86
#define PCIBIOS_BAD_REGISTER_NUMBER 0x87

struct pci_bus {
	u8 number;
	u8 busn_end;          /* the last bus number behind it */
	struct pci_dev *self; /* the bridge that leads to it; NULL: the host bridge */
	struct pci_config_window *cfg;
	struct list_head devices; /* of pci_dev.bus_list, by devfn */
};

struct pci_dev {
	struct pci_bus *bus;
	struct pci_bus *subordinate; /* the bus behind this bridge, or NULL */
	u8 devfn;
	u8 hdr_type;
	u16 vendor, device;
	u32 class; /* base class, sub-class, programming interface */
	u8 revision;
	struct list_head bus_list;
	struct list_head global_list;
};

/* All devices, in the order in which they were found: a bridge before what is behind it. */
extern struct list_head pci_devices;

/* --- access.c --- */

/*
 * Reads a register of a function that may not exist. Returns 0; PCIBIOS_BAD_REGISTER_NUMBER when
 * where is misaligned or too large; PCIBIOS_DEVICE_NOT_FOUND when the bus is outside the window.
 * *val is all ones when the read fails or when no function answers.
 */
int pci_bus_read_config_dword(struct pci_bus *bus, unsigned int devfn, int where, u32 *val);

/* The same for a device that was found. */
int pci_read_config_byte(const struct pci_dev *dev, int where, u8 *val);
int pci_read_config_dword(const struct pci_dev *dev, int where, u32 *val);
int pci_write_config_byte(const struct pci_dev *dev, int where, u8 val);

/* --- probe.c --- */

/*
 * Finds everything behind a host bridge whose first bus is cfg's first; bridges on the way get bus
 * numbers. The bus, or NULL without memory or when the first bus cannot be reached. Process
 * context; may sleep.
 */
struct pci_bus *pci_scan_root_bus(struct pci_config_window *cfg);

/* --- proc.c --- */

/* Makes /proc/bus/pci/BB/DD.F, the device's configuration space. 0 or a negative errno. */
int pci_proc_attach_device(struct pci_dev *dev);
