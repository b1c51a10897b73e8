/* SPDX-License-Identifier: MIT */
/*
 * What versions 2 and 3 of the GIC have in common: the lines' numbers, their registers in the
 * distributor, their three cells in the device tree.
 *
 * Linux counterpart: drivers/irqchip/irq-gic-common.h, include/linux/irqchip/arm-gic-common.h
 */
#pragma once

#include <kernel/irq/irq.h>
#include <kernel/irq/irqdomain.h>
#include <kernel/lib/types.h>

/*
 * The distributor. Arrays have one bit, one byte or two bits a line. In version 3 a redistributor
 * has the same arrays for its processor's private lines.
 */
#define GIC_DIST_CTRL         0x000
#define GIC_DIST_CTR          0x004
#define GIC_DIST_GROUP        0x080
#define GIC_DIST_ENABLE_SET   0x100
#define GIC_DIST_ENABLE_CLEAR 0x180
#define GIC_DIST_ACTIVE_CLEAR 0x380
#define GIC_DIST_PRI          0x400
#define GIC_DIST_CONFIG       0xc00

#define GICD_INT_DEF_PRI 0xa0       /* of every line */
#define GICD_SGIS        0x0000ffff /* lines 0 to 15: between processors */
#define GICD_PPIS        0xffff0000 /* lines 16 to 31: a processor's own */

#define GIC_FIRST_PPI     16
#define GIC_FIRST_SPI     32
#define GIC_FIRST_SPECIAL 1020 /* 1020 to 1023 are not lines; 1023: nothing pending */

/*
 * Makes a line level or edge; base has its configuration and its enable bit. Returns 0, or -EINVAL
 * for a type that the line cannot have. Under the lock of the controller.
 */
int gic_configure_irq(unsigned long hwirq, unsigned int type, void __iomem *base);

/* Of the domain: what the three cells say. Returns 0, or -EINVAL for what are not such cells. */
int gic_irq_domain_translate(struct irq_domain *d, const struct irq_fwspec *fwspec,
			     unsigned long *hwirq, unsigned int *type);

/* Gives a number its chip, and the flow that its line has. Returns 0, or -EINVAL for an SGI. */
int gic_set_up_irq(unsigned int irq, unsigned long hwirq, const struct irq_chip *chip);

/* Writes value to the registers of an array from line first to the last of lines. */
void gic_fill(void __iomem *array, unsigned int first, unsigned int lines,
	      unsigned int lines_a_register, u32 value);

/* How many lines the distributor has. */
unsigned int gic_count_lines(void __iomem *dist);

/* Makes every shared line disabled, level, of middle priority. With the distributor off. */
void gic_dist_config(void __iomem *dist, unsigned int lines);

/*
 * Makes this processor's private lines disabled, of middle priority; enables those that processors
 * send each other. base is what has their registers.
 */
void gic_cpu_config(void __iomem *base);
