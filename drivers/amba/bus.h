/* SPDX-License-Identifier: MIT */
/*
 * The AMBA bus, where Arm's own cells (PL011, PL031, ...) live. Each says what it is in eight
 * registers of eight bits at the end of its window: four of peripheral identification, then four
 * that read 0xb105f00d together in every cell. So a device tree need not be believed where a wrong
 * address would cost a fault, or the console its voice.
 *
 * Source: ARM DDI 0224 (PL031) 3.4
 * Linux counterpart: include/linux/amba/bus.h
 */
#pragma once

#include <drivers/base/device.h>
#include <kernel/lib/compiler.h>

#define AMBA_CID 0xb105f00d

/* The registers of identification, from the end of the window: peripheral first, then cell. */
#define AMBA_ID_SIZE  0x20
#define AMBA_CID_SIZE 0x10

/* The tree gives the peripheral identification here, when the registers are not to be asked. */
#define AMBA_PERIPHID "arm,primecell-periphid"

/*
 * Reads both identifications from id, where the last AMBA_ID_SIZE bytes of a window are mapped.
 * Returns false when no cell of Arm's answers. Any context; survives an address where nothing is.
 */
bool amba_read_id(const void __iomem *id, u32 *periphid, u32 *cid);

/*
 * Adds a device that the tree calls arm,primecell: asks whether it is there, unless the tree gives
 * its identification, and enters its registers in the resource tree, under its node's name; the
 * driver's row appears inside. Returns 0; -ENODEV, after a message, when it is not there; or what
 * platform_device_register() returns. Process context.
 */
int amba_device_add(struct platform_device *pdev);
