/* SPDX-License-Identifier: MIT */
/*
 * Which interrupt a device's INTx is. A device has one line, pin A to D. Each bridge connects pin n
 * of slot s to its own pin n + s, modulo 4, so that the slots share four lines evenly. At the host
 * bridge, interrupt-map of the device tree says which line of the interrupt controller that is.
 *
 * Source: PCI-to-PCI Bridge Architecture 1.2, 9.1 "Interrupt Routing"; PCI Bus Binding 2.1, 4.1.3
 * Linux counterpart: drivers/pci/setup-irq.c, of_irq_parse_and_map_pci() in drivers/pci/of.c
 */

#include <drivers/pci/pci.h>
#include <kernel/lib/errno.h>

#define NR_PINS 4

int pci_assign_irq(const struct pci_dev *dev)
{
	struct of_phandle_args irq = { .np = dev->bus->host->dev->of_node, .args_count = 1 };
	u32 unit[MAX_ADDR_CELLS] = {};
	u8 pin = dev->pin;

	if (!pin || pin > NR_PINS)
		return -ENOENT;
	for (; dev->bus->self; dev = dev->bus->self)
		pin = (pin - 1 + PCI_SLOT(dev->devfn)) % NR_PINS + 1;
	unit[0] = dev->bus->number << 16 | dev->devfn << 8;
	irq.args[0] = pin;
	if (!of_property_read_bool(irq.np, "interrupt-map"))
		return -EINVAL;
	return of_irq_parse_raw(unit, &irq) ?: irq_create_of_mapping(&irq);
}
