/* SPDX-License-Identifier: MIT */
/*
 * PCI: buses, the devices on them, their configuration space and their addresses.
 *
 * A host bridge gives a window in which each function of each device has 4 KiB of configuration
 * space (ECAM, drivers/pci/ecam.h). A bus is found behind the host bridge or behind a bridge on
 * another bus. A device is found by reading the vendor of each of the 32 slots. It says how many
 * bytes it wants at each of its base addresses (BARs), and is told where they are. All that is
 * behind a bridge lies in windows of that bridge, which are resources of it, like a BAR.
 *
 * Buses and devices are made once, by the probe of the host bridge, and never freed, so there is no
 * lock. Configuration accesses are single loads and stores: any context, unless noted.
 *
 * Linux counterpart: include/linux/pci.h, include/uapi/linux/pci_regs.h
 */
#pragma once

#include <drivers/base/device.h>
#include <drivers/pci/pci_regs.h>
#include <kernel/lib/list.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/types.h>

struct pci_config_window;

#define PCI_DEVFN(slot, func) (((slot) & 0x1f) << 3 | ((func) & 0x07))
#define PCI_SLOT(devfn)       ((devfn) >> 3 & 0x1f)
#define PCI_FUNC(devfn)       ((devfn) & 0x07)
#define PCI_MAX_BUS           255

/*
 * The three kinds of address. A 64-bit window is used for 64-bit BARs alone, and behind a bridge
 * for those that are prefetchable: a bridge has no other window of 64 bits.
 */
enum { PCI_WINDOW_IO, PCI_WINDOW_MEM, PCI_WINDOW_MEM64, PCI_NR_WINDOWS };

/* A device's resources by number: its BARs, then what a bridge passes on, by kind. */
#define PCI_STD_NUM_BARS     6
#define PCI_BRIDGE_RESOURCES PCI_STD_NUM_BARS
#define PCI_NUM_RESOURCES    (PCI_BRIDGE_RESOURCES + PCI_NR_WINDOWS)

struct pci_host_bridge {
	struct device *dev;
	struct pci_config_window *cfg;
	struct resource windows[PCI_NR_WINDOWS]; /* by the CPU's addresses, or I/O port numbers */
	resource_size_t offset[PCI_NR_WINDOWS];  /* that, minus the address on PCI */
	unsigned int usable;                     /* a bit for each that devices may be put into */
};

struct pci_bus {
	u8 number;
	u8 busn_end;          /* the last bus number behind it */
	struct pci_dev *self; /* the bridge that leads to it; NULL: the host bridge */
	struct pci_host_bridge *host;
	struct resource *resource[PCI_NR_WINDOWS]; /* its windows; NULL: there is none */
	resource_size_t align[PCI_NR_WINDOWS];     /* what they must be aligned to */
	char name[16];                             /* "PCI Bus 0000:01" */
	struct list_head devices;                  /* of pci_dev.bus_list, by devfn */
};

struct pci_dev {
	struct pci_bus *bus;
	struct pci_bus *subordinate; /* the bus behind this bridge, or NULL */
	u8 devfn;
	u8 hdr_type;
	u16 vendor, device;
	u32 class; /* base class, sub-class, programming interface */
	u8 revision;
	u8 pin;           /* of INTx: 1 for A to 4 for D, 0 for none */
	unsigned int irq; /* number of that interrupt, or 0; pci_enable_device() finds it */
	/* A resource with a parent has an address. One with flags 0 does not exist. */
	struct resource resource[PCI_NUM_RESOURCES];
	struct device dev;
	char name[16]; /* "0000:00:01.0", dev's name */
	struct list_head bus_list;
	struct list_head global_list;
};

#define to_pci_dev(d) container_of(d, struct pci_dev, dev)

struct pci_device_id {
	u16 vendor, device;
	const void *driver_data; /* the driver's own */
};

#define PCI_DEVICE(vendor_id, device_id) .vendor = (vendor_id), .device = (device_id)

struct pci_driver {
	const char *name;
	const struct pci_device_id *id_table; /* ends with a row of zeroes */
	/* Returns as struct bus_type says. id is the row that matched. */
	int (*probe)(struct pci_dev *dev, const struct pci_device_id *id);
	void (*remove)(struct pci_dev *dev); /* may be NULL */
	struct device_driver driver;
};

/* All devices, in the order in which they were found: a bridge before what is behind it. */
extern struct list_head pci_devices;

static inline bool pci_is_bridge(const struct pci_dev *dev)
{
	return (dev->hdr_type & PCI_HEADER_TYPE_MASK) == PCI_HEADER_TYPE_BRIDGE;
}

/* How many BARs it may have. */
static inline unsigned int pci_num_bars(const struct pci_dev *dev)
{
	return pci_is_bridge(dev) ? 2 : PCI_STD_NUM_BARS;
}

static inline void *pci_get_drvdata(const struct pci_dev *dev)
{
	return dev_get_drvdata(&dev->dev);
}

static inline void pci_set_drvdata(struct pci_dev *dev, void *data)
{
	dev_set_drvdata(&dev->dev, data);
}

/* --- access.c --- */

/*
 * Reads the register at byte offset `where` of a function that may not exist. Returns 0;
 * PCIBIOS_BAD_REGISTER_NUMBER when the offset is misaligned or too large; PCIBIOS_DEVICE_NOT_FOUND
 * when the bus is outside the window. *val is all ones when the read fails or no function answers.
 */
int pci_bus_read_config_dword(struct pci_bus *bus, unsigned int devfn, int where, u32 *val);

/* The same for a device that was found. */
int pci_read_config_byte(const struct pci_dev *dev, int where, u8 *val);
int pci_read_config_word(const struct pci_dev *dev, int where, u16 *val);
int pci_read_config_dword(const struct pci_dev *dev, int where, u32 *val);
int pci_write_config_byte(const struct pci_dev *dev, int where, u8 val);
int pci_write_config_word(const struct pci_dev *dev, int where, u16 val);
int pci_write_config_dword(const struct pci_dev *dev, int where, u32 val);

/* --- probe.c --- */

/*
 * Finds everything behind a host bridge whose first bus is its ECAM's first; bridges on the way get
 * bus numbers. Returns the bus, or NULL without memory or when the first bus cannot be reached.
 * Process context; may sleep.
 */
struct pci_bus *pci_scan_root_bus(struct pci_host_bridge *host);

/* --- bars.c --- */

/* Asks the device how large each of its BARs is, and a bridge which windows it has. */
void pci_read_bases(struct pci_dev *dev);

/* Writes the addresses of all its resources into the device. A window without one is closed. */
void pci_write_bases(const struct pci_dev *dev);

/* --- setup-bus.c --- */

/*
 * Gives addresses to all that is behind the host bridge, in its usable windows, and opens the
 * bridges' windows. A BAR or window that does not fit gets none; a warning says so. Once, after the
 * scan. Process context.
 */
void pci_assign_resources(struct pci_bus *root);

/* --- pci-driver.c --- */

extern struct bus_type pci_bus_type;

/*
 * Makes a driver known and binds it to each device that it names. Returns 0, or -EBUSY when a
 * driver of that name is known already. Process context.
 */
#define pci_register_driver(drv) __pci_register_driver(drv, THIS_MODULE)
int __pci_register_driver(struct pci_driver *drv, struct module *owner);

/* Unbinds the driver from all its devices and forgets it. Process context. */
void pci_unregister_driver(struct pci_driver *drv);

/* Offers each device of the bus, and of those behind it, to the drivers. Once a bus. */
void pci_bus_add_devices(struct pci_bus *bus);

/* Registers drv at the device level of the initcalls. */
#define builtin_pci_driver(drv)                     \
	static int __init drv##_init(void)          \
	{                                           \
		return pci_register_driver(&(drv)); \
	}                                           \
	device_initcall(drv##_init)

/* The same for a driver that may be a module: there it is unregistered at the end. */
#define module_pci_driver(drv)                      \
	static int __init drv##_init(void)          \
	{                                           \
		return pci_register_driver(&(drv)); \
	}                                           \
	static void drv##_exit(void)                \
	{                                           \
		pci_unregister_driver(&(drv));      \
	}                                           \
	module_init(drv##_init);                    \
	module_exit(drv##_exit)

/* --- irq.c --- */

/*
 * Returns the interrupt number of the device's INTx, > 0, found through the bridges on the way and
 * the host bridge's interrupt-map; -ENOENT when the device has no pin, -EINVAL when its pin leads
 * nowhere, or an errno of of_irq_get(). Process context.
 */
int pci_assign_irq(const struct pci_dev *dev);

/* --- pci.c: for drivers. Process context. --- */

/*
 * Lets the device answer at its addresses, and finds its interrupt, dev->irq. Returns 0, or -EINVAL
 * when a BAR has no address. The second form ends with the driver.
 */
int pci_enable_device(struct pci_dev *dev);
int pcim_enable_device(struct pci_dev *dev);

/* Undoes it: the device answers no more, and starts no transfer. */
void pci_disable_device(struct pci_dev *dev);

/* Lets the device read and write memory by itself (DMA), and forbids it again. */
void pci_set_master(struct pci_dev *dev);
void pci_clear_master(struct pci_dev *dev);

#define pci_resource_start(dev, bar) ((dev)->resource[bar].start)
#define pci_resource_flags(dev, bar) ((dev)->resource[bar].flags)

/* The BAR's bytes; 0: it does not exist. */
static inline resource_size_t pci_resource_len(const struct pci_dev *dev, unsigned int bar)
{
	return dev->resource[bar].flags ? resource_size(&dev->resource[bar]) : 0;
}

/*
 * Claims a BAR's range for the driver, by name. Returns 0, or -EBUSY with a message when the range
 * is taken or has no address. The second form ends with the driver.
 */
int pci_request_region(struct pci_dev *dev, unsigned int bar, const char *name);
int pcim_request_region(struct pci_dev *dev, unsigned int bar, const char *name);

/* --- iomap.c --- */

/*
 * Maps a host bridge's window of ports at PCI_IOBASE + res->start; it is never unmapped. phys is
 * where the CPU finds the first port. Returns 0, -EINVAL when the window is not whole pages or lies
 * beyond the addresses kept for ports, or -ENOMEM. Process context.
 */
int pci_remap_iospace(const struct resource *res, phys_addr_t phys);

/*
 * Returns a pointer to ports [port, port + nr), for readb() and its like, or NULL beyond the last
 * port. No mapping is made, so ioport_unmap() has nothing to undo. Any context.
 */
void __iomem *ioport_map(unsigned long port, unsigned int nr);
void ioport_unmap(void __iomem *addr);

/*
 * Returns a pointer to a BAR, of ports or memory, at most max bytes of it (0: all), or NULL when
 * the BAR has no address or cannot be mapped. pci_iounmap() undoes it. Process context; may sleep.
 */
void __iomem *pci_iomap(struct pci_dev *dev, unsigned int bar, unsigned long max);
void pci_iounmap(struct pci_dev *dev, void __iomem *addr);

/*
 * Claims a BAR and maps it, until the driver is unbound. Returns the pointer or an ERR_PTR, never
 * NULL: -EBUSY (the range is taken, or has no address), -ENOMEM (it cannot be mapped). Process
 * context; may sleep.
 */
void __iomem *pcim_iomap_region(struct pci_dev *dev, unsigned int bar, const char *name);

/* --- proc.c --- */

/*
 * Makes /proc/bus/pci/BB/DD.F, the device's configuration space. Returns 0 or an errno. Process
 * context.
 */
int pci_proc_attach_device(struct pci_dev *dev);
