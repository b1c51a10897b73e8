/* SPDX-License-Identifier: MIT */
/*
 * Port I/O. These processors have no instructions for it: the host bridge turns a load or a store
 * in a window of its own into an I/O cycle. The window is mapped once and for all at PCI_IOBASE, so
 * that port n is the byte at PCI_IOBASE + n.
 *
 * Where no host bridge has mapped its window (pci_remap_iospace()), an access faults. A driver that
 * has claimed its ports with pci_request_region() has a window.
 *
 * The ordering is that of readb() and writeb(). An I/O write on PCI ends only when the device has
 * taken it, so a driver needs no read behind it.
 *
 * Linux counterpart: include/asm-generic/io.h, arch/arm/include/asm/io.h
 */
#pragma once

#include <asm/io.h>
#include <asm/memlayout.h>

#define PCI_IOBASE ((void __iomem *)PCI_IO_START)

static inline u8 inb(unsigned long port)
{
	return readb(PCI_IOBASE + port);
}

static inline u16 inw(unsigned long port)
{
	return readw(PCI_IOBASE + port);
}

static inline u32 inl(unsigned long port)
{
	return readl(PCI_IOBASE + port);
}

static inline void outb(u8 value, unsigned long port)
{
	writeb(value, PCI_IOBASE + port);
}

static inline void outw(u16 value, unsigned long port)
{
	writew(value, PCI_IOBASE + port);
}

static inline void outl(u32 value, unsigned long port)
{
	writel(value, PCI_IOBASE + port);
}
