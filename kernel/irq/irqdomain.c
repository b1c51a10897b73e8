/* SPDX-License-Identifier: MIT */
/*
 * Which kernel number belongs to which line of which controller.
 *
 * Linux counterpart: kernel/irq/irqdomain.c
 */

#define pr_fmt(fmt) "irq: " fmt

#include <kernel/base/printk.h>
#include <kernel/base/spinlock.h>
#include <kernel/irq/irq.h>
#include <kernel/irq/irqdomain.h>
#include <kernel/lib/compiler.h>
#include <mm/gfp.h>
#include <mm/slab.h>

/* Guards the list of domains and every write to a revmap; a revmap is read without it. */
static DEFINE_SPINLOCK(irq_domain_lock);
static LIST_HEAD(irq_domain_list);

struct irq_domain *irq_domain_add_linear(const void *fwnode, unsigned int size,
					 const struct irq_domain_ops *ops, void *host_data)
{
	struct irq_domain *domain =
		kzalloc(sizeof(*domain) + size * sizeof(domain->revmap[0]), GFP_KERNEL);
	unsigned long flags;

	if (!domain)
		return NULL;
	domain->fwnode = fwnode;
	domain->ops = ops;
	domain->host_data = host_data;
	domain->hwirq_max = size;
	spin_lock_irqsave(&irq_domain_lock, flags);
	list_add_tail(&domain->link, &irq_domain_list);
	spin_unlock_irqrestore(&irq_domain_lock, flags);
	return domain;
}

void irq_domain_remove(struct irq_domain *domain)
{
	unsigned long flags, hwirq;

	spin_lock_irqsave(&irq_domain_lock, flags);
	list_del(&domain->link); /* first: nothing may find a number that is about to be freed */
	spin_unlock_irqrestore(&irq_domain_lock, flags);
	for (hwirq = 0; hwirq < domain->hwirq_max; hwirq++)
		if (domain->revmap[hwirq])
			irq_free_desc(domain->revmap[hwirq]);
	kfree(domain);
}

struct irq_domain *irq_find_host(const void *fwnode)
{
	struct irq_domain *domain, *found = NULL;
	unsigned long flags;

	spin_lock_irqsave(&irq_domain_lock, flags);
	list_for_each_entry(domain, &irq_domain_list, link) {
		if (domain->fwnode == fwnode)
			found = domain;
	}
	spin_unlock_irqrestore(&irq_domain_lock, flags);
	return found;
}

unsigned int irq_find_mapping(const struct irq_domain *domain, unsigned long hwirq)
{
	return hwirq < domain->hwirq_max ? READ_ONCE(domain->revmap[hwirq]) : 0;
}

/*
 * Gives hwirq the number irq. The controller sets the descriptor up before the number can be found.
 * Returns false when it refuses. Lock held.
 */
static bool associate(struct irq_domain *domain, unsigned int irq, unsigned long hwirq)
{
	struct irq_data *data = &irq_to_desc(irq)->irq_data;

	data->hwirq = hwirq;
	data->domain = domain;
	if (domain->ops->map(domain, irq, hwirq))
		return false;
	WRITE_ONCE(domain->revmap[hwirq], irq);
	return true;
}

unsigned int irq_create_mapping(struct irq_domain *domain, unsigned long hwirq)
{
	unsigned int irq = irq_find_mapping(domain, hwirq);
	unsigned long flags;
	int fresh;

	if (irq || hwirq >= domain->hwirq_max)
		return irq;
	fresh = irq_alloc_desc(); /* before the lock is taken: it allocates memory */
	if (fresh < 0)
		return 0;
	spin_lock_irqsave(&irq_domain_lock, flags);
	irq = domain->revmap[hwirq]; /* another processor may have been faster */
	if (!irq && associate(domain, fresh, hwirq))
		irq = fresh;
	spin_unlock_irqrestore(&irq_domain_lock, flags);
	if (irq != (unsigned int)fresh)
		irq_free_desc(fresh);
	return irq;
}

unsigned int irq_create_fwspec_mapping(const struct irq_fwspec *fwspec)
{
	struct irq_domain *domain = irq_find_host(fwspec->fwnode);
	unsigned int type = IRQ_TYPE_NONE;
	unsigned long hwirq;
	unsigned int irq;

	if (!domain || domain->ops->translate(domain, fwspec, &hwirq, &type))
		return 0;
	irq = irq_create_mapping(domain, hwirq);
	if (irq && type != IRQ_TYPE_NONE && irq_set_irq_type(irq, type)) {
		pr_warn("line %lu cannot be of type %u\n", hwirq, type);
		return 0;
	}
	return irq;
}
