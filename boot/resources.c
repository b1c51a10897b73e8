/* SPDX-License-Identifier: MIT */
/*
 * Memory's own rows of /proc/iomem. Linux counterpart: request_standard_resources() of
 * arch/<name>/kernel/setup.c
 */
#include <asm/memory.h>
#include <boot/boot.h>
#include <kernel/base/bug.h>
#include <kernel/base/init.h>
#include <kernel/base/sections.h>
#include <mm/memblock.h>
#include <mm/resource.h>
#include <mm/slab.h>

static struct resource kernel_code = { .name = "Kernel code", .flags = IORESOURCE_SYSTEM_RAM };
static struct resource kernel_data = { .name = "Kernel data", .flags = IORESOURCE_SYSTEM_RAM };

static void __init insert_kernel(struct resource *ram, struct resource *kernel, phys_addr_t start,
				 phys_addr_t end)
{
	kernel->start = start;
	kernel->end = end - 1;
	if (resource_contains(ram, kernel))
		WARN_ON(request_resource(ram, kernel));
}

void __init resources_init(void)
{
	const struct memblock_region *region;
	struct resource *ram;
	bool nomap;

	for_each_mem_region(region) {
		ram = kzalloc(sizeof(*ram), GFP_KERNEL);
		if (WARN_ON(!ram))
			return;
		nomap = region->flags & MEMBLOCK_NOMAP;
		ram->name = nomap ? "reserved" : "System RAM";
		ram->start = region->base;
		ram->end = region->base + region->size - 1;
		ram->flags = nomap ? IORESOURCE_MEM : IORESOURCE_SYSTEM_RAM | IORESOURCE_BUSY;
		WARN_ON(request_resource(&iomem_resource, ram));
		insert_kernel(ram, &kernel_code, __pa(_text), __pa(__init_begin));
		insert_kernel(ram, &kernel_data, __pa(_sdata), __pa(_end));
	}
}
