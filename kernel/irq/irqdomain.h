/* SPDX-License-Identifier: MIT */
/*
 * An irq domain is one controller's numbering: it translates what the firmware wrote about an
 * interrupt into the controller's line number (hwirq), and remembers which kernel number (irq) each
 * line has got.
 *
 * A firmware node is known here only as a pointer that can be compared, so that this floor needs no
 * device tree.
 *
 * Linux counterpart: include/linux/irqdomain.h (there maps are also trees and hierarchies).
 */
#pragma once

#include <kernel/lib/list.h>
#include <kernel/lib/types.h>

struct irq_domain;

#define IRQ_DOMAIN_IRQ_SPEC_PARAMS 16

/* An interrupt as the firmware describes it: the controller's node and its cells. */
struct irq_fwspec {
	const void *fwnode;
	int param_count;
	u32 param[IRQ_DOMAIN_IRQ_SPEC_PARAMS];
};

struct irq_domain_ops {
	/* Decode the cells. 0 or -EINVAL. */
	int (*translate)(struct irq_domain *d, const struct irq_fwspec *fwspec,
			 unsigned long *hwirq, unsigned int *type);
	/*
	 * Prepare irq, which has just been given to hwirq: its chip and flow handler. 0 or a
	 * negative errno.
	 */
	int (*map)(struct irq_domain *d, unsigned int irq, unsigned long hwirq);
};

struct irq_domain {
	const void *fwnode;
	const struct irq_domain_ops *ops;
	void *host_data;
	unsigned long hwirq_max; /* lines are 0 to hwirq_max - 1 */
	struct list_head link;
	unsigned int revmap[]; /* irq of each hwirq, 0: none yet */
};

/* A domain of size lines for the controller fwnode. NULL without memory. Process context. */
struct irq_domain *irq_domain_add_linear(const void *fwnode, unsigned int size,
					 const struct irq_domain_ops *ops, void *host_data);

/*
 * Forgets the domain, and frees its numbers. None of them may be requested any more, and no
 * interrupt may be on its way: the controller's own line is given back first. Process context.
 */
void irq_domain_remove(struct irq_domain *domain);

/* The domain of the controller fwnode, or NULL. */
struct irq_domain *irq_find_host(const void *fwnode);

/* The number of hwirq, 0 when it has none. Any context. */
unsigned int irq_find_mapping(const struct irq_domain *domain, unsigned long hwirq);

/* The number of hwirq, given to it now if it has none; 0 on failure. Process context. */
unsigned int irq_create_mapping(struct irq_domain *domain, unsigned long hwirq);

/*
 * The number of an interrupt that the firmware describes, its type set; 0 on failure. Process
 * context.
 */
unsigned int irq_create_fwspec_mapping(const struct irq_fwspec *fwspec);
