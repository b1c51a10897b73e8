/* SPDX-License-Identifier: MIT */
/*
 * What versions 2 and 3 of the GIC have in common; see irq-gic-common.h.
 *
 * Linux counterpart: drivers/irqchip/irq-gic-common.c
 */
#include <asm/io.h>
#include <drivers/irqchip/irq-gic-common.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>

/* In the device tree: the first cell, and how the second counts. */
#define GIC_DT_SPI 0
#define GIC_DT_PPI 1

/*
 * Two bits for each line; the upper one says edge. While the line is enabled, a change is
 * unpredictable (IHI 0048B 4.3.13), so it is disabled meanwhile.
 */
int gic_configure_irq(unsigned long hwirq, unsigned int type, void __iomem *base)
{
	void __iomem *reg = base + GIC_DIST_CONFIG + hwirq / 16 * 4;
	unsigned long word = hwirq / 32 * 4;
	u32 edge_bit = 2U << hwirq % 16 * 2, line = 1U << hwirq % 32, config;
	bool was_enabled;

	if (hwirq >= GIC_FIRST_SPI && type != IRQ_TYPE_LEVEL_HIGH && type != IRQ_TYPE_EDGE_RISING)
		return -EINVAL;
	was_enabled = readl_relaxed(base + GIC_DIST_ENABLE_SET + word) & line;
	writel_relaxed(line, base + GIC_DIST_ENABLE_CLEAR + word);
	config = readl_relaxed(reg) & ~edge_bit;
	writel_relaxed(type & IRQ_TYPE_EDGE_BOTH ? config | edge_bit : config, reg);
	if (was_enabled)
		writel_relaxed(line, base + GIC_DIST_ENABLE_SET + word);
	return 0;
}

/* SPI or PPI, number among them, flags (of which the low four bits are the type). */
int gic_irq_domain_translate(struct irq_domain *d, const struct irq_fwspec *fwspec,
			     unsigned long *hwirq, unsigned int *type)
{
	if (fwspec->param_count < 3 || fwspec->param[0] > GIC_DT_PPI)
		return -EINVAL;
	if (fwspec->param[0] == GIC_DT_PPI && fwspec->param[1] >= GIC_FIRST_SPI - GIC_FIRST_PPI)
		return -EINVAL;
	*hwirq =
		fwspec->param[1] + (fwspec->param[0] == GIC_DT_PPI ? GIC_FIRST_PPI : GIC_FIRST_SPI);
	*type = fwspec->param[2] & IRQ_TYPE_SENSE_MASK;
	return 0;
}

int gic_set_up_irq(unsigned int irq, unsigned long hwirq, const struct irq_chip *chip)
{
	if (hwirq < GIC_FIRST_PPI)
		return -EINVAL;
	if (hwirq >= GIC_FIRST_SPI) {
		irq_set_chip_and_handler(irq, chip, handle_fasteoi_irq);
		return 0;
	}
	irq_set_percpu_devid(irq);
	irq_set_chip_and_handler(irq, chip, handle_percpu_devid_irq);
	return 0;
}

void gic_fill(void __iomem *array, unsigned int first, unsigned int lines,
	      unsigned int lines_a_register, u32 value)
{
	unsigned int line;

	for (line = first; line < lines; line += lines_a_register)
		writel_relaxed(value, array + line / lines_a_register * 4);
}

unsigned int gic_count_lines(void __iomem *dist)
{
	unsigned int lines = ((readl_relaxed(dist + GIC_DIST_CTR) & 0x1f) + 1) * 32;

	return min_t(unsigned int, lines, GIC_FIRST_SPECIAL);
}

/* Relaxed writes to one device stay in order. */
void gic_dist_config(void __iomem *dist, unsigned int lines)
{
	gic_fill(dist + GIC_DIST_CONFIG, GIC_FIRST_SPI, lines, 16, 0);
	gic_fill(dist + GIC_DIST_PRI, GIC_FIRST_SPI, lines, 4, GICD_INT_DEF_PRI * 0x01010101U);
	gic_fill(dist + GIC_DIST_ENABLE_CLEAR, GIC_FIRST_SPI, lines, 32, ~0U);
	gic_fill(dist + GIC_DIST_ACTIVE_CLEAR, GIC_FIRST_SPI, lines, 32, ~0U);
}

void gic_cpu_config(void __iomem *base)
{
	writel_relaxed(GICD_PPIS, base + GIC_DIST_ENABLE_CLEAR);
	writel_relaxed(GICD_SGIS, base + GIC_DIST_ENABLE_SET);
	/* A line that a loader left active would never be delivered again. */
	writel_relaxed(~0U, base + GIC_DIST_ACTIVE_CLEAR);
	gic_fill(base + GIC_DIST_PRI, 0, GIC_FIRST_SPI, 4, GICD_INT_DEF_PRI * 0x01010101U);
}
