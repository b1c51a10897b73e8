/* SPDX-License-Identifier: MIT */
/*
 * Reads the identification of two devices, long before they have drivers. There is no vmalloc
 * space yet, so each identity page is mapped by a slot of early_ioremap, and unmapped at once.
 *
 * An Arm PrimeCell identifies itself in eight registers at the end of its last page, with eight
 * bits in each. Four are the peripheral identification, four are the same in all PrimeCells. A GIC
 * gives its architecture version in the same way, and its maker in a register of its own.
 *
 * Source: ARM DDI 0224 (PL031) 3.4; ARM IHI 0048 (GICv2) 4.3.3, 4.3.18; ARM IHI 0069 (GICv3) 12.9
 */
#include <asm/io.h>
#include <boot/boot.h>
#include <drivers/amba/bus.h>
#include <drivers/of/of_fdt.h>
#include <kernel/base/init.h>
#include <kernel/base/printk.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <mm/early_ioremap.h>

#define GICD_IIDR  0x008
#define GICD_PIDR2 0xfe8 /* in the last page of the distributor */

static void __init show_primecell(phys_addr_t base, unsigned long id_page)
{
	void __iomem *regs = early_ioremap(base + id_page, SZ_4K);
	u32 id, cell;
	bool answers;

	if (!regs)
		return;
	answers = amba_read_id(regs + SZ_4K - AMBA_ID_SIZE, &id, &cell);
	early_iounmap(regs, SZ_4K);
	if (answers)
		pr_info("early: PL031 at 0x%llx: part 0x%03x, designer 0x%02x, rev %u\n", base,
			id & 0xfff, id >> 12 & 0xff, id >> 20 & 0xf);
	else
		pr_err("early: no PrimeCell answers at 0x%llx\n", base);
}

static void __init show_gic(phys_addr_t base, unsigned long id_page)
{
	unsigned long size = id_page + SZ_4K;
	void __iomem *regs = early_ioremap(base, size);
	u32 iidr, pidr2;

	if (!regs)
		return;
	iidr = readl(regs + GICD_IIDR);
	pidr2 = readl(regs + id_page + GICD_PIDR2);
	early_iounmap(regs, size);
	pr_info("early: GIC at 0x%llx: version %u, GICD_IIDR 0x%08x\n", base, pidr2 >> 4 & 0xf,
		iidr);
}

/* What to look for; id_page is where the last page of the registers begins. */
static const struct early_device {
	const char *compatible;
	unsigned long id_page;
	void (*show)(phys_addr_t base, unsigned long id_page);
} early_devices[] __initconst = {
	{ "arm,pl031", 0, show_primecell },
	{ "arm,cortex-a15-gic", 0, show_gic },
	{ "arm,gic-400", 0, show_gic },
	{ "arm,gic-v3", 0xf000, show_gic },
};

static const struct early_device *__init find_early_device(int node)
{
	const struct early_device *device;
	int len;
	const char *list = fdt_getprop(initial_boot_params, node, "compatible", &len);

	if (!list)
		return NULL;
	for (device = early_devices; device < early_devices + ARRAY_SIZE(early_devices); device++) {
		if (fdt_stringlist_index(list, len, device->compatible) >= 0)
			return device;
	}
	return NULL;
}

/*
 * A device that is switched off may hang the machine that reads it, so it is not looked at; nor is
 * one whose window ends before its identification, or whose identification the tree gives.
 */
void __init early_probe(void)
{
	bool shown[ARRAY_SIZE(early_devices)] = { false };
	const struct early_device *device;
	struct of_flat_place at;
	phys_addr_t base, size;

	for_each_flat_node(&at)
	{
		device = find_early_device(at.way[at.depth]);
		if (!device || shown[device - early_devices] || !of_flat_dt_is_available(&at) ||
		    fdt_getprop(initial_boot_params, at.way[at.depth], AMBA_PERIPHID, NULL) ||
		    !of_flat_dt_reg(&at, &base, &size) || size < device->id_page + SZ_4K)
			continue;
		shown[device - early_devices] = true;
		device->show(base, device->id_page);
	}
}
