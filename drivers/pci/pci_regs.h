/* SPDX-License-Identifier: MIT */
/*
 * The registers of configuration space.
 *
 * Source: PCI Local Bus Specification 3.0, chapter 6; PCI-to-PCI Bridge Architecture 1.2, chapter 3
 * Linux counterpart: include/uapi/linux/pci_regs.h
 */
#pragma once

#define PCI_CFG_SPACE_SIZE 256

#define PCI_VENDOR_ID          0x00
#define PCI_DEVICE_ID          0x02
#define PCI_COMMAND            0x04
#define PCI_COMMAND_IO         0x1 /* answers at its I/O addresses */
#define PCI_COMMAND_MEMORY     0x2 /* ... at its memory addresses */
#define PCI_COMMAND_MASTER     0x4 /* may start transfers */
#define PCI_COMMAND_ALL        (PCI_COMMAND_IO | PCI_COMMAND_MEMORY | PCI_COMMAND_MASTER)
#define PCI_CLASS_REVISION     0x08 /* the class is its upper 24 bits */
#define PCI_HEADER_TYPE        0x0e
#define PCI_HEADER_TYPE_MASK   0x7f
#define PCI_HEADER_TYPE_BRIDGE 1
#define PCI_HEADER_TYPE_MULTI  0x80 /* more functions than 0 */
#define PCI_INTERRUPT_PIN      0x3d

/* Base addresses, four bytes each; a 64-bit one takes two. */
#define PCI_BASE_ADDRESS_0            0x10
#define PCI_BASE_ADDRESS_SPACE_IO     0x1
#define PCI_BASE_ADDRESS_MEM_TYPE_64  0x4
#define PCI_BASE_ADDRESS_MEM_PREFETCH 0x8
#define PCI_BASE_ADDRESS_MEM_MASK     (~0xfU)
#define PCI_BASE_ADDRESS_IO_MASK      (~0x3U)
#define PCI_ROM_ADDRESS               0x30

/* A bridge's. Its windows end with their limit, which is inclusive; they are closed below base. */
#define PCI_PRIMARY_BUS        0x18 /* then secondary, subordinate, and a timer */
#define PCI_IO_BASE            0x1c /* bits 15:12 of the address in 7:4; then the limit */
#define PCI_MEMORY_BASE        0x20 /* bits 31:20 in 15:4; then the limit */
#define PCI_PREF_MEMORY_BASE   0x24
#define PCI_PREF_RANGE_TYPE_64 0x1
#define PCI_PREF_BASE_UPPER32  0x28
#define PCI_PREF_LIMIT_UPPER32 0x2c
#define PCI_IO_BASE_UPPER16    0x30 /* then the limit's */
#define PCI_ROM_ADDRESS1       0x38

/* What a configuration access returns, as the PCI BIOS did; 0 is success. */
#define PCIBIOS_SUCCESSFUL          0x00
#define PCIBIOS_DEVICE_NOT_FOUND    0x86
#define PCIBIOS_BAD_REGISTER_NUMBER 0x87
