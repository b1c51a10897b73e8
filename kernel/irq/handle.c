/* SPDX-License-Identifier: MIT */
/*
 * From the exception vector to the handlers: the root controller reads which line fired, its domain
 * knows the number, the number's flow handler calls the actions and acknowledges.
 *
 * Everything here runs with interrupts off, between irq_enter() and irq_exit().
 *
 * Linux counterpart: kernel/irq/handle.c, chip.c, spurious.c
 */

#include <kernel/base/percpu.h>
#include <kernel/base/printk.h>
#include <kernel/irq/irq.h>
#include <kernel/irq/irqdomain.h>
#include <kernel/lib/errno.h>

/* A line is stuck when so many of so many occurrences had no handler. Linux's numbers. */
#define SPURIOUS_WINDOW 100000
#define SPURIOUS_LIMIT  99900

unsigned long irq_err_count;

/* Before a controller has registered, an interrupt can only be counted. */
static void handle_no_controller(struct pt_regs *regs)
{
	irq_err_count++;
}

void (*handle_arch_irq)(struct pt_regs *regs) = handle_no_controller;

int set_handle_irq(void (*handle_irq)(struct pt_regs *regs))
{
	if (handle_arch_irq != handle_no_controller)
		return -EBUSY;
	handle_arch_irq = handle_irq;
	return 0;
}

/*
 * A device that holds its line high, and no driver that knows it, would leave no time for anything
 * else.
 */
static void note_interrupt(struct irq_desc *desc, irqreturn_t ret)
{
	if (ret == IRQ_NONE)
		desc->irqs_unhandled++;
	if (++desc->irq_count < SPURIOUS_WINDOW)
		return;
	if (desc->irqs_unhandled > SPURIOUS_LIMIT) {
		pr_err("irq %u: nobody cared, disabling it\n", desc->irq_data.irq);
		desc->depth++;
		desc->irq_data.chip->irq_mask(&desc->irq_data);
	}
	desc->irq_count = 0;
	desc->irqs_unhandled = 0;
}

static irqreturn_t handle_irq_event(struct irq_desc *desc)
{
	irqreturn_t ret = IRQ_NONE;
	struct irqaction *action;

	for (action = desc->action; action; action = action->next)
		ret |= action->handler(desc->irq_data.irq, action->dev_id);
	return ret;
}

/*
 * Counts the occurrence and calls the handlers; a line that is disabled is masked instead. Lock
 * held. It is dropped while handlers run, so that they may enable and disable their own line.
 * in_progress keeps the list of actions in place meanwhile: free_irq waits for it.
 */
static void run_actions(struct irq_desc *desc)
{
	irqreturn_t ret;

	this_cpu_inc(*desc->kstat_irqs);
	if (!desc->action || desc->depth) {
		desc->irq_data.chip->irq_mask(&desc->irq_data);
		return;
	}
	desc->in_progress = true;
	spin_unlock(&desc->lock);
	ret = handle_irq_event(desc);
	spin_lock(&desc->lock);
	desc->in_progress = false;
	note_interrupt(desc, ret);
}

void handle_fasteoi_irq(struct irq_desc *desc)
{
	spin_lock(&desc->lock);
	run_actions(desc);
	desc->irq_data.chip->irq_eoi(&desc->irq_data);
	spin_unlock(&desc->lock);
}

void handle_simple_irq(struct irq_desc *desc)
{
	spin_lock(&desc->lock);
	run_actions(desc);
	spin_unlock(&desc->lock);
}

/*
 * No lock: each processor has its own line, and the action stays while a line is enabled anywhere.
 */
void handle_percpu_devid_irq(struct irq_desc *desc)
{
	struct irqaction *action = READ_ONCE(desc->action);

	this_cpu_inc(*desc->kstat_irqs);
	if (action)
		action->handler(desc->irq_data.irq, action->dev_id);
	else
		desc->irq_data.chip->irq_mask(&desc->irq_data);
	desc->irq_data.chip->irq_eoi(&desc->irq_data);
}

int generic_handle_domain_irq(struct irq_domain *domain, unsigned long hwirq)
{
	struct irq_desc *desc = irq_to_desc(irq_find_mapping(domain, hwirq));

	if (!desc) {
		irq_err_count++;
		return -EINVAL;
	}
	desc->handle_irq(desc);
	return 0;
}
