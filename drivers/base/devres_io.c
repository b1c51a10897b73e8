/* SPDX-License-Identifier: MIT */
/*
 * Mappings that are unmapped when the driver of their device ends.
 *
 * /proc/vmallocinfo names ioremap's caller: devm_ioremap or __devm_ioremap_resource, as in Linux.
 * That is why the common part below is inlined into both, and why the second one is not inlined
 * into its callers.
 *
 * Linux counterpart: lib/devres.c
 */

#include <drivers/base/device.h>
#include <kernel/base/bug.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <kernel/lib/vsprintf.h>
#include <mm/ioremap.h>
#include <mm/slab.h>

static void unmap_action(void *data)
{
	iounmap((__force void __iomem *)data);
}

static __always_inline void __iomem *__devm_ioremap(struct device *dev, resource_size_t offset,
						    resource_size_t size)
{
	void __iomem *addr = ioremap(offset, size);

	if (!addr || devm_add_action_or_reset(dev, unmap_action, (__force void *)addr))
		return NULL;
	dev_info(dev, "0x%llx -> 0x%lx\n", offset, (unsigned long)addr);
	return addr;
}

void __iomem *devm_ioremap(struct device *dev, resource_size_t offset, resource_size_t size)
{
	return __devm_ioremap(dev, offset, size);
}

void devm_iounmap(struct device *dev, void __iomem *addr)
{
	if (WARN_ON(devm_remove_action(dev, unmap_action, (__force void *)addr)))
		return;
	iounmap(addr);
}

static void release_region_action(void *data)
{
	struct resource *res = data;

	release_mem_region(res->start, resource_size(res));
}

struct resource *devm_request_mem_region(struct device *dev, resource_size_t start,
					 resource_size_t size, const char *name)
{
	struct resource *res = request_mem_region(start, size, name);

	if (!res || devm_add_action_or_reset(dev, release_region_action, res))
		return NULL;
	return res;
}

/* "9000000.pl011 pl011@9000000": the device, then the range. Freed after the claim. */
static char *region_name(struct device *dev, const struct resource *res)
{
	size_t size = strlen(dev_name(dev)) + strlen(res->name) + sizeof(" ");
	char *name = devm_kzalloc(dev, size, GFP_KERNEL);

	if (name)
		snprintf(name, size, "%s %s", dev_name(dev), res->name);
	return name;
}

static noinline void __iomem *__devm_ioremap_resource(struct device *dev,
						      const struct resource *res)
{
	resource_size_t size = res ? resource_size(res) : 0;
	void __iomem *addr;
	const char *name;

	if (!res || resource_type(res) != IORESOURCE_MEM) {
		dev_err(dev, "no memory resource to map\n");
		return (__force void __iomem *)ERR_PTR(-EINVAL);
	}
	name = res->name ? region_name(dev, res) : dev_name(dev);
	if (!name)
		return (__force void __iomem *)ERR_PTR(-ENOMEM);
	if (!devm_request_mem_region(dev, res->start, size, name)) {
		dev_err(dev, "can't request region for resource %pa + 0x%llx\n", &res->start, size);
		return (__force void __iomem *)ERR_PTR(-EBUSY);
	}
	addr = __devm_ioremap(dev, res->start, size);
	if (!addr) {
		dev_err(dev, "ioremap failed for resource %pa + 0x%llx\n", &res->start, size);
		return (__force void __iomem *)ERR_PTR(-ENOMEM);
	}
	return addr;
}

void __iomem *devm_ioremap_resource(struct device *dev, const struct resource *res)
{
	return __devm_ioremap_resource(dev, res);
}

void __iomem *devm_platform_ioremap_resource(struct platform_device *pdev, unsigned int index)
{
	return devm_ioremap_resource(&pdev->dev,
				     platform_get_resource(pdev, IORESOURCE_MEM, index));
}
