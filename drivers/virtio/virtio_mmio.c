/* SPDX-License-Identifier: MIT */
/*
 * virtio transports in memory: a row of small windows, of which only some hold a device. This looks
 * into each and says what is there; no device is driven.
 *
 * Several transports share a page, and a machine may have mapped the page for good: then no look
 * costs a mapping. A transport that does not hold a device says so with device number 0.
 *
 * Source: Virtual I/O Device (VIRTIO) 1.1, 4.2.2 "MMIO Device Register Layout", 5 "Device Types"
 * Linux counterpart: drivers/virtio/virtio_mmio.c
 */

#define pr_fmt(fmt) "virtio-mmio: " fmt

#include <asm/io.h>
#include <kernel/base/initcall.h>
#include <kernel/base/printk.h>
#include <kernel/lib/macros.h>
#include <drivers/of/of.h>
#include <mm/ioremap.h>

#define VIRTIO_MMIO_MAGIC_VALUE 0x000 /* "virt", little-endian */
#define VIRTIO_MMIO_VERSION     0x004
#define VIRTIO_MMIO_DEVICE_ID   0x008
#define VIRTIO_MAGIC            0x74726976

static const char *virtio_device_name(u32 id)
{
	static const char *const names[] = {
		[1] = "net",  [2] = "block", [3] = "console", [4] = "rng",    [5] = "balloon",
		[8] = "scsi", [9] = "9p",    [16] = "gpu",    [18] = "input", [19] = "vsock",
	};

	return id < ARRAY_SIZE(names) && names[id] ? names[id] : "device";
}

/* Whether the node is a transport; if it holds a device, a line tells which. */
static bool look_into(const struct device_node *np, unsigned int *devices)
{
	void __iomem *base = of_iomap(np, 0);
	u32 version, id;

	if (!base)
		return false;
	if (readl(base + VIRTIO_MMIO_MAGIC_VALUE) != VIRTIO_MAGIC) {
		iounmap(base);
		return false;
	}
	version = readl(base + VIRTIO_MMIO_VERSION);
	id = readl(base + VIRTIO_MMIO_DEVICE_ID);
	iounmap(base);
	if (id) {
		pr_info("%s: %s (id %u, version %u)\n", np->full_name, virtio_device_name(id), id,
			version);
		++*devices;
	}
	return true;
}

static int __init virtio_mmio_init(void)
{
	unsigned int transports = 0, devices = 0;
	struct device_node *np;

	for_each_compatible_node(np, "virtio,mmio")
		transports += of_device_is_available(np) && look_into(np, &devices);
	if (transports)
		pr_info("%u transports, %u with a device\n", transports, devices);
	return 0;
}
device_initcall(virtio_mmio_init);
