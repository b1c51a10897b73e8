/* SPDX-License-Identifier: MIT */
/*
 * A platform device for each node that says what it is.
 *
 * Arm's own cells ("arm,primecell") are asked whether they are there, and get their registers
 * entered in the resource tree right here, under the node's name, as by Linux's AMBA bus; the row
 * of the driver appears inside it. Other devices appear when a driver claims them.
 *
 * Linux counterpart: drivers/of/platform.c, drivers/amba/bus.c
 */

#define pr_fmt(fmt) "OF: " fmt

#include <drivers/base/device.h>
#include <drivers/of/of_platform.h>
#include <drivers/of/primecell.h>
#include <kernel/base/init.h>
#include <kernel/base/initcall.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <mm/ioremap.h>
#include <mm/slab.h>

static const struct of_device_id simple_buses[] = { { .compatible = "simple-bus" },
						    { .compatible = "simple-mfd" },
						    { .compatible = "arm,amba-bus" },
						    {} };

/*
 * "9000000.pl011": unique, and sorted by address; without registers, the node's name and its
 * parent's.
 */
static void set_bus_id(struct platform_device *pdev, const struct device_node *np)
{
	char *name = pdev->dev.init_name;

	if (pdev->num_resources)
		snprintf(name, DEVICE_NAME_LEN, "%llx.%.*s", pdev->resource[0].start,
			 (int)strcspn(np->full_name, "@"), np->full_name);
	else if (np->parent->parent)
		snprintf(name, DEVICE_NAME_LEN, "%s:%s", np->parent->full_name, np->full_name);
	else
		strscpy(name, np->full_name, DEVICE_NAME_LEN);
}

static u32 count_resources(const struct device_node *np)
{
	struct resource res;
	u32 count = 0;

	while (!of_address_to_resource(np, count, &res))
		count++;
	return count;
}

static struct platform_device *of_device_alloc(struct device_node *np)
{
	u32 i, count = count_resources(np);
	struct platform_device *pdev =
		kzalloc(sizeof(*pdev) + count * sizeof(*pdev->resource), GFP_KERNEL);

	if (!pdev)
		return NULL;
	pdev->dev.of_node = np;
	pdev->resource = (struct resource *)(pdev + 1);
	pdev->num_resources = count;
	for (i = 0; i < count; i++)
		of_address_to_resource(np, i, &pdev->resource[i]);
	set_bus_id(pdev, np);
	return pdev;
}

static bool primecell_is_there(const struct resource *res)
{
	void __iomem *cid;
	bool answers;

	if (resource_size(res) < AMBA_CID_SIZE)
		return false;
	cid = ioremap(res->end + 1 - AMBA_CID_SIZE, AMBA_CID_SIZE);
	if (!cid)
		return false;
	answers = primecell_answers(cid);
	iounmap(cid);
	return answers;
}

/* False when the tree is wrong about a cell of Arm's. */
static bool claim_primecell(struct platform_device *pdev)
{
	struct resource *res = pdev->resource;

	if (!pdev->num_resources || !of_device_is_compatible(pdev->dev.of_node, "arm,primecell"))
		return true;
	if (!primecell_is_there(res)) {
		pr_err("%s: no PrimeCell answers at 0x%llx-0x%llx, ignored\n",
		       pdev->dev.of_node->full_name, res->start, res->end);
		return false;
	}
	request_resource(&iomem_resource, res);
	return true;
}

static bool of_platform_device_create(struct device_node *np)
{
	struct platform_device *pdev;

	if (!of_property_read_bool(np, "compatible") || !of_device_is_available(np))
		return false;
	pdev = of_device_alloc(np);
	if (!pdev) {
		pr_err("%s: no memory for the device\n", np->full_name);
		return false;
	}
	if (!claim_primecell(pdev)) {
		kfree(pdev);
		return false;
	}
	if (!platform_device_register(pdev))
		return true;
	pr_err("%s: a second device %s, ignored\n", np->full_name, dev_name(&pdev->dev));
	if (pdev->num_resources && pdev->resource[0].parent)
		release_resource(&pdev->resource[0]);
	kfree(pdev);
	return false;
}

int of_platform_populate(struct device_node *root)
{
	struct device_node *child;
	int count = 0;

	for_each_child_of_node(root, child) {
		count += of_platform_device_create(child);
		if (of_match_node(simple_buses, child))
			count += of_platform_populate(child);
	}
	return count;
}

static int __init of_platform_default_populate(void)
{
	if (of_root)
		of_platform_populate(of_root);
	return 0;
}
subsys_initcall(of_platform_default_populate);
