/* SPDX-License-Identifier: MIT */
/*
 * The Arm Generic Interrupt Controller, version 3.
 *
 * The distributor has the shared lines, as in version 2. Each processor's private lines are in a
 * redistributor, two frames of 64 KiB; the frames of all processors follow each other, and each
 * says to which processor it belongs. The CPU interface is system registers (asm/arch_gicv3.h). A
 * shared line goes to one processor, named by its affinity: the boot processor, here.
 *
 * Locks: gic_lock guards each read-modify-write of a line's configuration. A redistributor is
 * written by its own processor only.
 *
 * Source: Arm IHI 0069, "GIC Architecture Specification, GIC architecture version 3 and 4".
 * Linux counterpart: drivers/irqchip/irq-gic-v3.c (message interrupts, too: the ITS)
 */

#define pr_fmt(fmt) "GIC: " fmt

#include <asm/arch_gicv3.h>
#include <asm/io.h>
#include <asm/processor.h>
#include <drivers/irqchip/irq-gic-common.h>
#include <drivers/irqchip/irqchip.h>
#include <kernel/base/bug.h>
#include <kernel/base/cpu.h>
#include <kernel/base/printk.h>
#include <kernel/base/spinlock.h>
#include <kernel/lib/errno.h>
#include <kernel/smp.h>
#include <mm/ioremap.h>

/* The distributor. */
#define GICD_IROUTER 0x6000 /* eight bytes a line */

#define GICD_CTLR_ENABLE_G1  (1U << 0)
#define GICD_CTLR_ENABLE_G1A (1U << 1)
#define GICD_CTLR_ARE        (1U << 4)
#define GICD_CTLR_SECURE     (1U << 5) /* set only where the secure state sees the register */
#define GICD_CTLR_RWP        (1U << 31)

/* A redistributor: its own frame, and that of the private lines behind it. */
#define GICR_TYPER     0x0008
#define GICR_WAKER     0x0014
#define GICR_SGI_FRAME SZ_64K
#define GICR_SIZE      (2 * SZ_64K)
#define GICR_SIZE_V4   (4 * SZ_64K)

#define GICR_TYPER_VLPIS (1ULL << 1)
#define GICR_TYPER_LAST  (1ULL << 4)
#define GICR_AFFINITY(t) ((u32)((t) >> 32))
#define WAKER_SLEEP      (1U << 1)
#define WAKER_ASLEEP     (1U << 2)

#define GIC_PRI_ALL 0xf0 /* let through what is more urgent: everything */

static struct gic {
	void __iomem *dist_base;
	void __iomem *redist_base; /* of the first redistributor */
	unsigned int lines;
	struct irq_domain *domain;
	u64 hwid[NR_CPUS]; /* whom an interrupt between processors goes to */
} gic;

static DEFINE_SPINLOCK(gic_lock);

/* The frame with this processor's private lines. */
static DEFINE_PER_CPU(void __iomem *, sgi_base);

/* Where the registers of a line are. A private one is this processor's. */
static void __iomem *line_base(unsigned long hwirq)
{
	return hwirq < GIC_FIRST_SPI ? this_cpu_read(sgi_base) : gic.dist_base;
}

static void gic_write_bit(unsigned int reg, unsigned long hwirq)
{
	writel_relaxed(1U << hwirq % 32, line_base(hwirq) + reg + hwirq / 32 * 4);
}

/* A write to the enable bits takes a while to reach all parts of the controller. */
static void wait_for_dist(void)
{
	while (readl_relaxed(gic.dist_base + GIC_DIST_CTRL) & GICD_CTLR_RWP)
		cpu_relax();
}

static void gic_mask_irq(struct irq_data *d)
{
	gic_write_bit(GIC_DIST_ENABLE_CLEAR, d->hwirq);
	if (d->hwirq >= GIC_FIRST_SPI)
		wait_for_dist();
}

static void gic_unmask_irq(struct irq_data *d)
{
	gic_write_bit(GIC_DIST_ENABLE_SET, d->hwirq);
}

/* mb: the handler's writes reach the device first, or a level line fires again at once. */
static void gic_eoi_irq(struct irq_data *d)
{
	mb(); /* a system register is not ordered behind stores */
	gic_write_eoir(d->hwirq);
}

static int gic_set_type(struct irq_data *d, unsigned int type)
{
	unsigned long flags;
	int ret;

	spin_lock_irqsave(&gic_lock, flags);
	ret = gic_configure_irq(d->hwirq, type, line_base(d->hwirq));
	spin_unlock_irqrestore(&gic_lock, flags);
	return ret;
}

static const struct irq_chip gic_chip = {
	.name = "GICv3",
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

/* One write for each processor: those of a cluster could share one, but there are few. */
static void gic_send_ipi(unsigned long cpus, unsigned int ipi)
{
	unsigned int cpu;

	/* What was stored for the other processor is in memory before it looks. */
	wmb();
	for (cpu = 0; cpu < NR_CPUS; cpu++)
		if (cpus >> cpu & 1)
			gic_write_sgi1r(GIC_SGI1R(gic.hwid[cpu], ipi));
}

/* --- Taking interrupts --- */

static void gic_handle_irq(struct pt_regs *regs)
{
	u32 hwirq;

	while ((hwirq = gic_read_iar()) < GIC_FIRST_SPECIAL) {
		if (hwirq < GIC_FIRST_PPI) {
			gic_write_eoir(hwirq); /* first: a stopped processor never returns */
			handle_IPI(hwirq);
		} else if (generic_handle_domain_irq(gic.domain, hwirq)) {
			gic_write_eoir(hwirq); /* no handler: or its priority stays blocked */
		}
	}
}

/* --- Starting --- */

/* As a redistributor and IROUTER name a processor: Aff3 next to the others, or in its place. */
static u32 packed_affinity(u64 hwid)
{
	return (u32)(hwid >> 8 & 0xff000000) | (u32)(hwid & 0xffffff);
}

/* This processor's redistributor, or NULL. */
static void __iomem *find_redistributor(void)
{
	void __iomem *base = gic.redist_base;
	u64 typer;

	for (;; base += typer & GICR_TYPER_VLPIS ? GICR_SIZE_V4 : GICR_SIZE) {
		typer = readl_relaxed(base + GICR_TYPER) | (u64)readl_relaxed(base + GICR_TYPER + 4)
								   << 32;
		if (GICR_AFFINITY(typer) == packed_affinity(cpu_hwid()))
			return base;
		if (typer & GICR_TYPER_LAST)
			return NULL;
	}
}

static void wake_redistributor(void __iomem *base)
{
	writel_relaxed(readl_relaxed(base + GICR_WAKER) & ~WAKER_SLEEP, base + GICR_WAKER);
	while (readl_relaxed(base + GICR_WAKER) & WAKER_ASLEEP)
		cpu_relax();
}

/* Finds and wakes this processor's redistributor, sets up its private lines and its interface. */
static void gic_cpu_init(void)
{
	void __iomem *base = find_redistributor(), *lines = base + GICR_SGI_FRAME;

	BUG_ON(!base); /* the device tree has a processor that the controller does not know */
	gic.hwid[smp_processor_id()] = cpu_hwid();
	this_cpu_write(sgi_base, lines);
	wake_redistributor(base);
	writel_relaxed(~0U, lines + GIC_DIST_GROUP);
	gic_cpu_config(lines);
	gic_enable_cpu_interface(GIC_PRI_ALL);
}

/* Every shared line is disabled, level, of middle priority, and goes to the boot processor. */
static void __init gic_dist_init(void)
{
	void __iomem *dist = gic.dist_base;
	u64 route = cpu_hwid();
	unsigned int line;

	writel_relaxed(0, dist + GIC_DIST_CTRL); /* off while its lines change */
	wait_for_dist();
	gic_fill(dist + GIC_DIST_GROUP, GIC_FIRST_SPI, gic.lines, 32, ~0U);
	gic_dist_config(dist, gic.lines);
	writel_relaxed(GICD_CTLR_ARE | GICD_CTLR_ENABLE_G1A | GICD_CTLR_ENABLE_G1,
		       dist + GIC_DIST_CTRL);
	wait_for_dist();
	for (line = GIC_FIRST_SPI; line < gic.lines; line++) {
		writel_relaxed(route, dist + GICD_IROUTER + line * 8);
		writel_relaxed(route >> 32, dist + GICD_IROUTER + line * 8 + 4);
	}
}

static int __init gic_refuse(const struct device_node *node, const char *reason, int err)
{
	pr_err("%s: %s\n", node->full_name, reason);
	if (gic.redist_base)
		iounmap(gic.redist_base);
	if (gic.dist_base)
		iounmap(gic.dist_base);
	return err;
}

static int __init gic_of_init(struct device_node *node)
{
	gic.dist_base = of_iomap(node, 0);
	gic.redist_base = of_iomap(node, 1);
	if (!gic.dist_base || !gic.redist_base)
		return gic_refuse(node, "cannot map its registers", -ENOMEM);
	if (readl_relaxed(gic.dist_base + GIC_DIST_CTRL) & GICD_CTLR_SECURE)
		return gic_refuse(node,
				  "the kernel runs in the secure state, where it does not drive "
				  "version 3: leave out secure=on",
				  -ENODEV);
	gic.lines = gic_count_lines(gic.dist_base);
	gic.domain = irq_domain_add_linear(node, gic.lines, &gic_irq_domain_ops, &gic);
	if (!gic.domain)
		return gic_refuse(node, "no memory", -ENOMEM);
	if (set_handle_irq(gic_handle_irq))
		return gic_refuse(node, "another controller is the first", -EBUSY);
	gic_dist_init();
	gic_cpu_init();
	register_cpu_starting(gic_cpu_init);
	set_smp_cross_call(gic_send_ipi);
	pr_info("%s: version 3, %u lines -> 0x%lx\n", node->full_name, gic.lines,
		(unsigned long)gic.dist_base);
	return 0;
}
IRQCHIP_DECLARE(gic_v3, "arm,gic-v3", gic_of_init);
