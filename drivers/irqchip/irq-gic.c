/* SPDX-License-Identifier: MIT */
/*
 * The Arm Generic Interrupt Controller, version 2.
 *
 * Two blocks of registers. The distributor is shared: for each line an enable bit, a priority, the
 * processors it goes to, and whether it is a level or an edge. The CPU interface is each
 * processor's own window: reading IAR takes the most urgent pending line, writing EOIR says that it
 * has been dealt with. Lines 0 to 15 are sent between processors (SGI), 16 to 31 are private to a
 * processor (PPI), 32 and up are shared (SPI).
 *
 * Locks: a line's registers of a bit or two share words with other lines, so gic_lock guards every
 * read-modify-write. The set and clear registers need none.
 *
 * Source: ARM IHI 0048B, "ARM Generic Interrupt Controller Architecture Specification".
 * Linux counterpart: drivers/irqchip/irq-gic.c, irq-gic-common.c
 */

#define pr_fmt(fmt) "GIC: " fmt

#include <asm/io.h>
#include <drivers/irqchip/irq-gic-common.h>
#include <drivers/irqchip/irqchip.h>
#include <kernel/base/printk.h>
#include <kernel/base/spinlock.h>
#include <kernel/irq/irq.h>
#include <kernel/irq/irqdomain.h>
#include <kernel/lib/errno.h>
#include <kernel/smp.h>
#include <mm/ioremap.h>

/* In the distributor, besides what all versions have. */
#define GIC_DIST_TARGET  0x800
#define GIC_DIST_SOFTINT 0xf00

/* The CPU interface. */
#define GIC_CPU_CTRL    0x00
#define GIC_CPU_PRIMASK 0x04
#define GIC_CPU_INTACK  0x0c
#define GIC_CPU_EOI     0x10

#define GICD_ENABLE            1
#define GICC_ENABLE            1
#define GICC_INT_PRI_THRESHOLD 0xf0 /* let through what is more urgent: everything */
#define GICC_IAR_INT_ID_MASK   0x3ff

static struct gic {
	void __iomem *dist_base;
	void __iomem *cpu_base;
	unsigned int lines;
	struct irq_domain *domain;
	u8 cpu_map[NR_CPUS]; /* the bit that the distributor has for each processor */
} gic;

static DEFINE_SPINLOCK(gic_lock);

static void gic_write_bit(unsigned int reg, unsigned long hwirq)
{
	writel_relaxed(1U << hwirq % 32, gic.dist_base + reg + hwirq / 32 * 4);
}

static void gic_mask_irq(struct irq_data *d)
{
	gic_write_bit(GIC_DIST_ENABLE_CLEAR, d->hwirq);
}

static void gic_unmask_irq(struct irq_data *d)
{
	gic_write_bit(GIC_DIST_ENABLE_SET, d->hwirq);
}

/* Not relaxed: the handler's writes reach the device first, or a level line fires again at once. */
static void gic_eoi_irq(struct irq_data *d)
{
	writel(d->hwirq, gic.cpu_base + GIC_CPU_EOI);
}

static int gic_set_type(struct irq_data *d, unsigned int type)
{
	unsigned long flags;
	int ret;

	spin_lock_irqsave(&gic_lock, flags);
	ret = gic_configure_irq(d->hwirq, type, gic.dist_base);
	spin_unlock_irqrestore(&gic_lock, flags);
	return ret;
}

static const struct irq_chip gic_chip = {
	.name = "GIC-0",
	.irq_mask = gic_mask_irq,
	.irq_unmask = gic_unmask_irq,
	.irq_eoi = gic_eoi_irq,
	.irq_set_type = gic_set_type,
};

static int gic_irq_domain_map(struct irq_domain *d, unsigned int irq, unsigned long hwirq)
{
	return gic_set_up_irq(irq, hwirq, &gic_chip);
}

static const struct irq_domain_ops gic_irq_domain_ops = {
	.translate = gic_irq_domain_translate,
	.map = gic_irq_domain_map,
};

/* --- Between processors --- */

static void gic_send_ipi(unsigned long cpus, unsigned int ipi)
{
	unsigned int cpu;
	u32 targets = 0;

	for (cpu = 0; cpu < NR_CPUS; cpu++)
		if (cpus >> cpu & 1)
			targets |= gic.cpu_map[cpu];
	/* Not relaxed: what was stored for the other processor is in memory before it looks. */
	writel(targets << 16 | ipi, gic.dist_base + GIC_DIST_SOFTINT);
}

/* iar names the sender, too. Its end is written first: a stopped processor never returns. */
static void gic_handle_ipi(u32 iar)
{
	writel(iar, gic.cpu_base + GIC_CPU_EOI);
	handle_IPI(iar & GICC_IAR_INT_ID_MASK);
}

/* --- Taking interrupts --- */

/* Takes lines until none is pending, which costs less than an exception for each. */
static void gic_handle_irq(struct pt_regs *regs)
{
	u32 iar, hwirq;

	while (true) {
		/* Not relaxed: the handler must not read memory before the line is acknowledged. */
		iar = readl(gic.cpu_base + GIC_CPU_INTACK);
		hwirq = iar & GICC_IAR_INT_ID_MASK;
		if (hwirq >= GIC_FIRST_SPECIAL)
			return;
		if (hwirq < GIC_FIRST_PPI) {
			gic_handle_ipi(iar);
			continue;
		}
		/* No handler: without this write no line of its priority is delivered again. */
		if (generic_handle_domain_irq(gic.domain, hwirq))
			writel(iar, gic.cpu_base + GIC_CPU_EOI);
	}
}

/* Every shared line is disabled, level, of middle priority, and goes to the boot processor. */
static void __init gic_dist_init(void)
{
	/* Off while its lines change. Relaxed writes to one device stay in order. */
	writel_relaxed(0, gic.dist_base + GIC_DIST_CTRL);
	gic_dist_config(gic.dist_base, gic.lines);
	gic_fill(gic.dist_base + GIC_DIST_TARGET, GIC_FIRST_SPI, gic.lines, 4,
		 gic.cpu_map[0] * 0x01010101U);
	writel_relaxed(GICD_ENABLE, gic.dist_base + GIC_DIST_CTRL);
}

/*
 * The target registers of private lines read as the processor's own bit; as 0 where there is only
 * one processor.
 */
static u8 gic_own_bit(void)
{
	u32 targets = readl_relaxed(gic.dist_base + GIC_DIST_TARGET);

	return targets ? targets : 1;
}

/*
 * Sets up this processor's private lines, then enables its interface. The registers are banked:
 * each processor sees its own.
 */
static void gic_cpu_init(void)
{
	gic.cpu_map[smp_processor_id()] = gic_own_bit();
	gic_cpu_config(gic.dist_base);
	writel_relaxed(GICC_INT_PRI_THRESHOLD, gic.cpu_base + GIC_CPU_PRIMASK);
	writel_relaxed(GICC_ENABLE, gic.cpu_base + GIC_CPU_CTRL);
}

static void __init gic_unmap(void)
{
	if (gic.cpu_base)
		iounmap(gic.cpu_base);
	if (gic.dist_base)
		iounmap(gic.dist_base);
}

static int __init gic_of_init(struct device_node *node)
{
	gic.dist_base = of_iomap(node, 0);
	gic.cpu_base = of_iomap(node, 1);
	if (!gic.dist_base || !gic.cpu_base) {
		pr_err("%s: cannot map its registers\n", node->full_name);
		gic_unmap();
		return -ENOMEM;
	}
	gic.lines = gic_count_lines(gic.dist_base);
	gic.domain = irq_domain_add_linear(node, gic.lines, &gic_irq_domain_ops, &gic);
	if (!gic.domain || set_handle_irq(gic_handle_irq)) {
		gic_unmap();
		return gic.domain ? -EBUSY : -ENOMEM;
	}
	gic_cpu_init(); /* first, because it finds this processor's bit */
	gic_dist_init();
	register_cpu_starting(gic_cpu_init);
	set_smp_cross_call(gic_send_ipi);
	pr_info("%s: version 2, %u lines -> 0x%lx\n", node->full_name, gic.lines,
		(unsigned long)gic.dist_base);
	return 0;
}
IRQCHIP_DECLARE(gic_400, "arm,gic-400", gic_of_init);
IRQCHIP_DECLARE(cortex_a15_gic, "arm,cortex-a15-gic", gic_of_init);
IRQCHIP_DECLARE(cortex_a9_gic, "arm,cortex-a9-gic", gic_of_init);
IRQCHIP_DECLARE(cortex_a7_gic, "arm,cortex-a7-gic", gic_of_init);
