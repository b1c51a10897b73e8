/* SPDX-License-Identifier: MIT */
/*
 * Fuzzes what the kernel makes of a device tree that is sound as a tree: memory, reservations,
 * command line, initrd and console during boot, then nodes, addresses, interrupts and devices. Boot
 * may end in a panic that says why, and in nothing else.
 */
#include "fuzz.h"

#include <asm/memlayout.h>
#include <drivers/amba/bus.h>
#include <drivers/base/device.h>
#include <drivers/of/of.h>
#include <drivers/of/of_fdt.h>
#include <drivers/of/of_platform.h>
#include <host.h>
#include <kernel/irq/irqdomain.h>
#include <kernel/lib/fdt.h>
#include <kernel/lib/string.h>
#include <mm/ioremap.h>
#include <mm/memblock.h>
#include <mm/slab.h>

#define ROOM_SIZE SZ_1M

static char room[ROOM_SIZE] __aligned(8); /* the only memory that there really is */

/* Each device is forgotten as soon as it is there. */
int platform_device_register(struct platform_device *pdev)
{
	u32 i;

	fuzz_touch(dev_name(&pdev->dev), strlen(dev_name(&pdev->dev)) + 1);
	for (i = 0; i < pdev->num_resources; i++)
		FUZZ_ASSERT(pdev->resource[i].start <= pdev->resource[i].end);
	if (pdev->num_resources && pdev->resource[0].parent)
		release_resource(&pdev->resource[0]);
	kfree(pdev);
	return 0;
}

/* Where a PrimeCell is looked for, there is one, but for every other page. */
void __iomem *ioremap(phys_addr_t phys, size_t size)
{
	static u32 id[AMBA_ID_SIZE / 4] = { [4] = 0x0d, 0xf0, 0x05, 0xb1 };

	return phys & SZ_4K ? NULL : id;
}

void iounmap(volatile void __iomem *addr)
{
}

int peek_kernel_nofault(u64 *value, const void *addr, unsigned int width)
{
	*value = *(const u32 *)addr;
	return 0;
}

struct irq_domain *irq_find_host(const void *fwnode)
{
	return (void *)fwnode;
}

unsigned int irq_create_fwspec_mapping(const struct irq_fwspec *fwspec)
{
	FUZZ_ASSERT(fwspec->param_count > 0 && fwspec->param_count <= IRQ_DOMAIN_IRQ_SPEC_PARAMS);
	return 1;
}

static void forget(struct memblock_type *type)
{
	memset(type->regions, 0, type->cnt * sizeof(*type->regions));
	type->cnt = 0;
	type->total_size = 0;
}

static void try_boot(void *unused)
{
	struct of_flat_place at;
	phys_addr_t start, end;
	int len;
	const char *text = early_init_dt_chosen("u-boot,version", &len);

	if (text)
		fuzz_touch(text, len);
	fuzz_touch(early_init_dt_bootargs(), strlen(early_init_dt_bootargs()) + 1);
	FUZZ_ASSERT(of_flat_dt_goto(&at, early_init_dt_stdout()) || early_init_dt_stdout() < 0);
	for_each_flat_node(&at)
	{
		of_flat_dt_is_compatible(at.way[at.depth], "arm,pl011");
		of_flat_dt_is_available(&at);
		if (of_flat_dt_reg(&at, &start, &end))
			FUZZ_ASSERT(end && start + end - 1 >= start);
	}
	if (early_init_dt_initrd(&start, &end))
		FUZZ_ASSERT(start < end);
	early_init_dt_scan();
	FUZZ_ASSERT(memblock_phys_mem_size());
}

static void try_node(struct device_node *np)
{
	static const struct of_device_id matches[] = { { "arm,pl011" }, { "simple-bus" }, {} };
	struct of_phandle_args args;
	struct resource res;
	const char *string;
	u32 number;
	int i;

	FUZZ_ASSERT(of_find_node_by_phandle(np->phandle) || !np->phandle);
	of_match_node(matches, np);
	FUZZ_ASSERT(of_device_is_available(np) || np->parent ||
		    of_find_property(np, "status", NULL));
	of_alias_get_id(np, "serial");
	of_property_read_u32(np, "reg", &number);
	for (i = 0; !of_property_read_string_index(np, "compatible", i, &string); i++)
		fuzz_touch(string, strlen(string) + 1);
	for (i = 0; !of_address_to_resource(np, i, &res); i++)
		fuzz_touch(res.name, strlen(res.name) + 1);
	for (i = 0; !of_irq_parse_one(np, i, &args); i++)
		FUZZ_ASSERT(args.np && args.args_count <= MAX_PHANDLE_ARGS);
	of_irq_get(np, 0);
	of_irq_get_byname(np, "uart");
}

static void try_tree(void *unused)
{
	struct device_node *np;

	unflatten_device_tree();
	for (np = of_find_all_nodes(NULL); np; np = of_find_all_nodes(np))
		try_node(np);
	of_platform_populate(of_root);
}

int LLVMFuzzerTestOneInput(const u8 *data, size_t size)
{
	if (fdt_check_full(data, min_t(size_t, size, MAX_FDT_SIZE)))
		return 0;
	forget(&memblock.memory);
	forget(&memblock.reserved);
	FUZZ_ASSERT(early_init_dt_verify(data, 0x48000000));
	if (host_panics(try_boot, NULL))
		FUZZ_ASSERT(host_panic_text[0]);
	forget(&memblock.memory);
	forget(&memblock.reserved);
	memblock_add(__pa(room), sizeof(room));
	if (host_panics(try_tree, NULL))
		FUZZ_ASSERT(host_panic_text[0]);
	return 0;
}
