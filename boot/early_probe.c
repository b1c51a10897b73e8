/* SPDX-License-Identifier: MIT */
/*
 * A first look at two devices, long before they have drivers: who are you? There is no vmalloc
 * space yet, so each identity page is seen through a slot of early_ioremap, and given back at once.
 *
 * An Arm PrimeCell says who it is in eight registers at the end of its last page, eight bits in
 * each: four of peripheral identification, four that are the same in all. A GIC follows the same
 * habit for its architecture version, and has a register of its own for its maker.
 *
 * Source: ARM DDI 0224 (PL031) 3.4; ARM IHI 0048 (GICv2) 4.3.3, 4.3.18; ARM IHI 0069 (GICv3) 12.9
 */
#include <asm/io.h>
#include <boot/boot.h>
#include <drivers/of/flat_address.h>
#include <drivers/of/primecell.h>
#include <kernel/base/init.h>
#include <kernel/base/printk.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/sizes.h>
#include <mm/early_ioremap.h>

#define AMBA_PERIPH_ID 0xfe0 /* four registers */
#define AMBA_PCELL_ID  0xff0 /* four more, which read 0xb105f00d together */
#define GICD_IIDR      0x008
#define GICD_PIDR2     0xfe8 /* in the last page of the distributor */

/* Four registers of eight bits each. */
static u32 __init read_id(const void __iomem *reg)
{
	return readl(reg) | readl(reg + 4) << 8 | readl(reg + 8) << 16 | readl(reg + 12) << 24;
}

static void __init show_primecell(phys_addr_t base, unsigned long id_page)
{
	void __iomem *regs = early_ioremap(base + id_page, SZ_4K);
	u32 id, cell;

	if (!regs)
		return;
	if (!primecell_answers(regs + AMBA_PCELL_ID)) {
		pr_err("early: no PrimeCell answers at 0x%llx\n", base);
		early_iounmap(regs, SZ_4K);
		return;
	}
	id = read_id(regs + AMBA_PERIPH_ID);
	cell = read_id(regs + AMBA_PCELL_ID);
	early_iounmap(regs, SZ_4K);
	pr_info("early: PL031 at 0x%llx: PrimeCell 0x%08x, part 0x%03x, designer 0x%02x, rev %u\n",
		base, cell, id & 0xfff, id >> 12 & 0xff, id >> 20 & 0xf);
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
	pr_info("early: GIC distributor at 0x%llx: architecture version %u, GICD_IIDR 0x%08x\n",
		base, pidr2 >> 4 & 0xf, iidr);
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

void __init early_probe(void)
{
	const struct early_device *device;
	phys_addr_t base;

	for (device = early_devices; device < early_devices + ARRAY_SIZE(early_devices); device++)
		if (of_flat_dt_device_address(device->compatible, &base))
			device->show(base, device->id_page);
}
