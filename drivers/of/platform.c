/* SPDX-License-Identifier: MIT */
/*
 * A platform device for each node that says what it is.
 *
 * Nodes under the root and under simple buses become devices. Nodes below any other device are left
 * to its driver. Nodes below a disabled node become no devices either, because a bus that is
 * switched off may have no clock: an access to its devices could hang the machine.
 *
 * Linux counterpart: drivers/of/platform.c, device.c (of_device_make_bus_id)
 */

#define pr_fmt(fmt) "OF: " fmt

#include <drivers/amba/bus.h>
#include <drivers/base/device.h>
#include <drivers/of/of_platform.h>
#include <kernel/base/init.h>
#include <kernel/base/initcall.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <mm/slab.h>

static const struct of_device_id simple_buses[] = { { .compatible = "simple-bus" },
						    { .compatible = "simple-mfd" },
						    { .compatible = "isa" },
						    { .compatible = "arm,amba-bus" },
						    {} };

/*
 * Writes a name that no other node has: "9000000.pl011", which sorts by address, and without an
 * address "9000000.bus:leds", the names from the nearest node above that has one. Returns the
 * length; room bytes are written at most, NUL included.
 */
static size_t make_bus_id(char *name, size_t room, const struct device_node *np)
{
	struct resource res;
	size_t len;

	if (!of_address_to_resource(np, 0, &res))
		return snprintf(name, room, "%llx.%.*s", res.start,
				(int)strcspn(np->full_name, "@"), np->full_name);
	if (!np->parent->parent)
		return snprintf(name, room, "%s", np->full_name);
	len = make_bus_id(name, room, np->parent);
	name += min(len, room);
	room -= min(len, room);
	return len + snprintf(name, room, ":%s", np->full_name);
}

static u32 count_resources(const struct device_node *np)
{
	struct resource res;
	u32 count = 0;

	while (!of_address_to_resource(np, count, &res))
		count++;
	return count;
}

/* One allocation: the device, its resources, its name. */
static struct platform_device *of_device_alloc(struct device_node *np)
{
	u32 i, count = count_resources(np);
	char *name, none;
	size_t name_size = make_bus_id(&none, 0, np) + 1;
	struct platform_device *pdev =
		kzalloc(sizeof(*pdev) + count * sizeof(*pdev->resource) + name_size, GFP_KERNEL);

	if (!pdev)
		return NULL;
	pdev->dev.of_node = np;
	pdev->resource = (struct resource *)(pdev + 1);
	pdev->num_resources = count;
	for (i = 0; i < count; i++)
		of_address_to_resource(np, i, &pdev->resource[i]);
	name = (char *)(pdev->resource + count);
	make_bus_id(name, name_size, np);
	pdev->dev.init_name = name;
	return pdev;
}

static bool of_platform_device_create(struct device_node *np)
{
	struct platform_device *pdev;
	int err;

	if (!of_property_read_bool(np, "compatible") || !of_device_is_available(np))
		return false;
	pdev = of_device_alloc(np);
	if (!pdev) {
		pr_err("%s: no memory for the device\n", np->full_name);
		return false;
	}
	err = of_device_is_compatible(np, "arm,primecell") ? amba_device_add(pdev)
							   : platform_device_register(pdev);
	if (!err)
		return true;
	if (err == -EBUSY)
		pr_err("%s: a second device %s, ignored\n", np->full_name, dev_name(&pdev->dev));
	kfree(pdev);
	return false;
}

int of_platform_populate(struct device_node *root)
{
	struct device_node *child;
	int count = 0;

	for_each_child_of_node(root, child) {
		if (!of_platform_device_create(child))
			continue;
		count++;
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
