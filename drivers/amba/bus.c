/* SPDX-License-Identifier: MIT */
/*
 * Devices of the AMBA bus: found in the device tree, but asked whether they are there before a
 * driver touches them.
 *
 * Linux counterpart: drivers/amba/bus.c (there such a device is of a type of its own, and drivers
 * are matched by the identification)
 */

#define pr_fmt(fmt) "amba: " fmt

#include <drivers/amba/bus.h>
#include <drivers/of/of.h>
#include <kernel/base/printk.h>
#include <kernel/lib/errno.h>
#include <mm/ioremap.h>
#include <mm/uaccess.h>

/* Four registers of eight bits each, as one number. */
static bool read_id(const char *reg, u32 *id)
{
	u64 value;
	int i;

	*id = 0;
	for (i = 0; i < 4; i++) {
		if (peek_kernel_nofault(&value, reg + 4 * i, 32))
			return false;
		*id |= (u32)(value & 0xff) << 8 * i;
	}
	return true;
}

bool amba_read_id(const void __iomem *id, u32 *periphid, u32 *cid)
{
	const char *reg = (__force const char *)id;

	return read_id(reg, periphid) && read_id(reg + AMBA_ID_SIZE - AMBA_CID_SIZE, cid) &&
	       *cid == AMBA_CID;
}

/* Maps the end of the window, not all of it: that is the driver's business. */
static bool answers(const struct resource *res)
{
	u32 periphid, cid;
	void __iomem *id;
	bool there;

	if (resource_size(res) < AMBA_ID_SIZE)
		return false;
	id = ioremap(res->end + 1 - AMBA_ID_SIZE, AMBA_ID_SIZE);
	if (!id)
		return false;
	there = amba_read_id(id, &periphid, &cid);
	iounmap(id);
	return there;
}

int amba_device_add(struct platform_device *pdev)
{
	const struct device_node *np = pdev->dev.of_node;
	struct resource *res = pdev->num_resources ? pdev->resource : NULL;
	int err;

	if (!res || (!of_property_read_bool(np, AMBA_PERIPHID) && !answers(res))) {
		if (res)
			pr_err("%s: no PrimeCell answers at 0x%llx-0x%llx, ignored\n",
			       np->full_name, res->start, res->end);
		else
			pr_err("%s: no registers that the CPU can reach, ignored\n", np->full_name);
		return -ENODEV;
	}
	if (request_resource(&iomem_resource, res))
		pr_warn("%s: its registers get no row of their own in /proc/iomem\n",
			np->full_name);
	err = platform_device_register(pdev);
	if (err && res->parent)
		release_resource(res);
	return err;
}
