/* SPDX-License-Identifier: MIT */
/*
 * The PL061: eight pins. Each may be an input or an output, and may interrupt at a level or at an
 * edge.
 *
 * Its registers have a bit for each pin. The data register is there 256 times, and address bits 9:2
 * say which pins an access is about. So one pin is set without reading the others, and without a
 * lock. All other registers are read, changed and written back, under the chip's lock.
 *
 * The pins' interrupts have numbers of their own: the chip is an interrupt controller with eight
 * lines, behind the one line that leads to the processor.
 *
 * Source: ARM DDI 0190B, "PrimeCell General Purpose Input/Output (PL061) Technical Reference
 * Manual", chapter 3.
 * Linux counterpart: drivers/gpio/gpio-pl061.c (there a driver of the AMBA bus)
 */

#include <asm/io.h>
#include <drivers/base/device.h>
#include <drivers/gpio/gpio.h>
#include <kernel/irq/irqdomain.h>
#include <kernel/lib/err.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>

#define GPIODATA(pins) ((pins) << 2) /* for those pins; the others read 0 and keep their value */
#define GPIODIR        0x400         /* 1: output */
#define GPIOIS         0x404         /* 1: a level interrupts, 0: an edge does */
#define GPIOIBE        0x408         /* 1: both edges do */
#define GPIOIEV        0x40c         /* otherwise 1: the rising edge or the high level */
#define GPIOIE         0x410         /* let the pin interrupt */
#define GPIOMIS        0x418         /* has interrupted, and may */
#define GPIOIC         0x41c         /* write 1: forget an edge */

#define PL061_GPIO_NR 8
#define PIN(offset)   (1U << (offset)) /* its bit in every register */

struct pl061 {
	spinlock_t lock; /* what is read, changed and written back */
	void __iomem *base;
	struct gpio_chip gc;
	struct irq_domain *domain;
};

/* Sets or clears a pin's bit in a register. Lock held. */
static void pl061_change(struct pl061 *pl061, unsigned int reg, unsigned int offset, bool set)
{
	u8 value = readb(pl061->base + reg) & ~PIN(offset);

	writeb(set ? value | PIN(offset) : value, pl061->base + reg);
}

/* --- Pins --- */

static int pl061_get_direction(struct gpio_chip *gc, unsigned int offset)
{
	struct pl061 *pl061 = gpiochip_get_data(gc);

	if (readb(pl061->base + GPIODIR) & PIN(offset))
		return GPIO_LINE_DIRECTION_OUT;
	return GPIO_LINE_DIRECTION_IN;
}

static int pl061_get_value(struct gpio_chip *gc, unsigned int offset)
{
	struct pl061 *pl061 = gpiochip_get_data(gc);

	return !!readb(pl061->base + GPIODATA(PIN(offset)));
}

static void pl061_set_value(struct gpio_chip *gc, unsigned int offset, int value)
{
	struct pl061 *pl061 = gpiochip_get_data(gc);

	writeb(value ? PIN(offset) : 0, pl061->base + GPIODATA(PIN(offset)));
}

static int pl061_direction_input(struct gpio_chip *gc, unsigned int offset)
{
	struct pl061 *pl061 = gpiochip_get_data(gc);
	unsigned long flags;

	spin_lock_irqsave(&pl061->lock, flags);
	pl061_change(pl061, GPIODIR, offset, false);
	spin_unlock_irqrestore(&pl061->lock, flags);
	return 0;
}

/*
 * The value is written twice. Before the pin is an output, so that it does not begin with an old
 * value; a chip may ignore that, as QEMU's does. So once more when it is one.
 */
static int pl061_direction_output(struct gpio_chip *gc, unsigned int offset, int value)
{
	struct pl061 *pl061 = gpiochip_get_data(gc);
	unsigned long flags;

	spin_lock_irqsave(&pl061->lock, flags);
	pl061_set_value(gc, offset, value);
	pl061_change(pl061, GPIODIR, offset, true);
	pl061_set_value(gc, offset, value);
	spin_unlock_irqrestore(&pl061->lock, flags);
	return 0;
}

/* --- Interrupts --- */

static void pl061_let_through(struct irq_data *d, bool through)
{
	struct pl061 *pl061 = d->domain->host_data;
	unsigned long flags;

	spin_lock_irqsave(&pl061->lock, flags);
	pl061_change(pl061, GPIOIE, d->hwirq, through);
	spin_unlock_irqrestore(&pl061->lock, flags);
}

static void pl061_irq_mask(struct irq_data *d)
{
	pl061_let_through(d, false);
}

static void pl061_irq_unmask(struct irq_data *d)
{
	pl061_let_through(d, true);
}

/*
 * The pin is masked meanwhile: between two of the writes it has a type that nobody asked for. What
 * it noted under that type is forgotten before it may interrupt again.
 */
static int pl061_irq_type(struct irq_data *d, unsigned int type)
{
	struct pl061 *pl061 = d->domain->host_data;
	unsigned int offset = d->hwirq;
	bool level = type & (IRQ_TYPE_LEVEL_HIGH | IRQ_TYPE_LEVEL_LOW), through;
	unsigned long flags;

	if (type != IRQ_TYPE_EDGE_BOTH && !is_power_of_2(type))
		return -EINVAL;
	spin_lock_irqsave(&pl061->lock, flags);
	through = readb(pl061->base + GPIOIE) & PIN(offset);
	pl061_change(pl061, GPIOIE, offset, false);
	pl061_change(pl061, GPIOIS, offset, level);
	pl061_change(pl061, GPIOIBE, offset, type == IRQ_TYPE_EDGE_BOTH);
	pl061_change(pl061, GPIOIEV, offset, type & (IRQ_TYPE_LEVEL_HIGH | IRQ_TYPE_EDGE_RISING));
	writeb(PIN(offset), pl061->base + GPIOIC);
	pl061_change(pl061, GPIOIE, offset, through);
	spin_unlock_irqrestore(&pl061->lock, flags);
	return 0;
}

static const struct irq_chip pl061_irq_chip = {
	.name = "pl061",
	.irq_mask = pl061_irq_mask,
	.irq_unmask = pl061_irq_unmask,
	.irq_set_type = pl061_irq_type,
};

static irqreturn_t pl061_irq_handler(int irq, void *dev_id)
{
	struct pl061 *pl061 = dev_id;
	unsigned long pending = readb(pl061->base + GPIOMIS), offset;

	if (!pending)
		return IRQ_NONE;
	/* Before the handlers: an edge that comes while they run must be noted anew. */
	writeb(pending, pl061->base + GPIOIC);
	for (offset = 0; offset < PL061_GPIO_NR; offset++)
		if (pending & PIN(offset))
			generic_handle_domain_irq(pl061->domain, offset);
	return IRQ_HANDLED;
}

/* --- Numbers for the pins' interrupts --- */

/* A device may name a pin as its interrupt: the pin, then the type. */
static int pl061_irq_translate(struct irq_domain *d, const struct irq_fwspec *fwspec,
			       unsigned long *hwirq, unsigned int *type)
{
	if (fwspec->param_count != 2)
		return -EINVAL;
	*hwirq = fwspec->param[0];
	*type = fwspec->param[1] & IRQ_TYPE_SENSE_MASK;
	return 0;
}

static int pl061_irq_map(struct irq_domain *d, unsigned int irq, unsigned long hwirq)
{
	irq_set_chip_and_handler(irq, &pl061_irq_chip, handle_simple_irq);
	return 0;
}

static const struct irq_domain_ops pl061_irq_domain_ops = {
	.translate = pl061_irq_translate,
	.map = pl061_irq_map,
};

static int pl061_to_irq(struct gpio_chip *gc, unsigned int offset)
{
	struct pl061 *pl061 = gpiochip_get_data(gc);
	unsigned int irq = irq_create_mapping(pl061->domain, offset);

	return irq ? (int)irq : -ENXIO;
}

static void pl061_remove_domain(void *domain)
{
	irq_domain_remove(domain);
}

/* --- Probe --- */

static const struct gpio_chip pl061_chip = {
	.ngpio = PL061_GPIO_NR,
	.get_direction = pl061_get_direction,
	.direction_input = pl061_direction_input,
	.direction_output = pl061_direction_output,
	.get = pl061_get_value,
	.set = pl061_set_value,
	.to_irq = pl061_to_irq,
};

/* The pins are masked first: a loader may have left them on, and their handlers are not there. */
static int pl061_init_irq(struct platform_device *pdev, struct pl061 *pl061)
{
	int irq = platform_get_irq(pdev, 0), err;

	if (irq < 0)
		return irq;
	writeb(0, pl061->base + GPIOIE);
	pl061->domain = irq_domain_add_linear(pdev->dev.of_node, PL061_GPIO_NR,
					      &pl061_irq_domain_ops, pl061);
	if (!pl061->domain)
		return -ENOMEM;
	err = devm_add_action_or_reset(&pdev->dev, pl061_remove_domain, pl061->domain);
	if (err)
		return err;
	return devm_request_irq(&pdev->dev, irq, pl061_irq_handler, 0, NULL, pl061);
}

static int pl061_probe(struct platform_device *pdev)
{
	struct pl061 *pl061 = devm_kzalloc(&pdev->dev, sizeof(*pl061), GFP_KERNEL);
	int err;

	if (!pl061)
		return -ENOMEM;
	spin_lock_init(&pl061->lock);
	pl061->base = devm_platform_ioremap_resource(pdev, 0);
	if (IS_ERR(pl061->base))
		return PTR_ERR(pl061->base);
	err = pl061_init_irq(pdev, pl061);
	if (err)
		return err;
	pl061->gc = pl061_chip;
	pl061->gc.label = dev_name(&pdev->dev);
	pl061->gc.parent = &pdev->dev;
	return devm_gpiochip_add_data(&pdev->dev, &pl061->gc, pl061);
}

static const struct of_device_id pl061_of_match[] = { { .compatible = "arm,pl061" }, {} };

static struct platform_driver pl061_driver = {
	.probe = pl061_probe,
	.driver = {
		.name = "pl061_gpio",
		.of_match_table = pl061_of_match,
	},
};
module_platform_driver(pl061_driver);
