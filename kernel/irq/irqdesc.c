/* SPDX-License-Identifier: MIT */
/*
 * The table of interrupt numbers. A number is given out once, lowest first; number 0 never is, so
 * that 0 can mean "no interrupt" everywhere.
 *
 * Invariant: a descriptor without a chip has no domain, and no interrupt reaches it.
 *
 * Linux counterpart: kernel/irq/irqdesc.c (there descriptors are allocated in a tree as they are
 * needed)
 */

#include <kernel/base/bug.h>
#include <kernel/base/percpu.h>
#include <kernel/irq/irq.h>
#include <kernel/lib/bitops.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/macros.h>
#include <kernel/lib/string.h>
#include <mm/percpu.h>

static struct irq_desc irq_descs[NR_IRQS];
static bool irq_allocated[NR_IRQS];
static DEFINE_SPINLOCK(irq_alloc_lock);

struct irq_desc *irq_to_desc(unsigned int irq)
{
	return irq && irq < NR_IRQS ? &irq_descs[irq] : NULL;
}

static void desc_reset(struct irq_desc *desc, unsigned int irq)
{
	memset(desc, 0, sizeof(*desc));
	spin_lock_init(&desc->lock);
	desc->irq_data.irq = irq;
	desc->depth = 1;
}

/* Takes the lowest free number. Returns it, or -ENOSPC. */
static int take_desc(unsigned int *kstat_irqs)
{
	unsigned long flags;
	unsigned int irq;
	int ret = -ENOSPC;

	spin_lock_irqsave(&irq_alloc_lock, flags);
	for (irq = 1; irq < NR_IRQS; irq++) {
		if (irq_allocated[irq])
			continue;
		irq_allocated[irq] = true;
		desc_reset(&irq_descs[irq], irq);
		irq_descs[irq].kstat_irqs = kstat_irqs;
		ret = irq;
		break;
	}
	spin_unlock_irqrestore(&irq_alloc_lock, flags);
	return ret;
}

int irq_alloc_desc(void)
{
	unsigned int *kstat_irqs = alloc_percpu(unsigned int);
	int irq = kstat_irqs ? take_desc(kstat_irqs) : -ENOMEM;

	if (irq < 0)
		free_percpu(kstat_irqs);
	return irq;
}

void irq_free_desc(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);
	unsigned int *kstat_irqs;
	unsigned long flags;

	if (WARN_ON(!desc || desc->action))
		return;
	spin_lock_irqsave(&irq_alloc_lock, flags);
	kstat_irqs = desc->kstat_irqs;
	desc_reset(desc, irq);
	irq_allocated[irq] = false;
	spin_unlock_irqrestore(&irq_alloc_lock, flags);
	free_percpu(kstat_irqs);
}

void irq_set_chip_and_handler(unsigned int irq, const struct irq_chip *chip,
			      irq_flow_handler_t handle)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (WARN_ON(!desc))
		return;
	desc->irq_data.chip = chip;
	desc->handle_irq = handle;
}

void irq_set_percpu_devid(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	if (WARN_ON(!desc))
		return;
	desc->percpu = true;
}

unsigned int kstat_irqs_cpu(unsigned int irq, unsigned int cpu)
{
	return READ_ONCE(*per_cpu_ptr(irq_to_desc(irq)->kstat_irqs, cpu));
}
