/* SPDX-License-Identifier: MIT */
/*
 * Asking for interrupts and giving them back.
 *
 * Invariants: a line is unmasked only while it has an action and its depth is 0; an action is freed
 * only after it has left the list and no handler of its number runs.
 *
 * Linux counterpart: kernel/irq/manage.c (here without threaded handlers)
 */

#include <asm/processor.h>
#include <kernel/base/bug.h>
#include <kernel/irq/irq.h>
#include <kernel/lib/errno.h>
#include <mm/gfp.h>
#include <mm/slab.h>

/* A descriptor that some controller has claimed, or NULL. */
static struct irq_desc *claimed_desc(unsigned int irq)
{
	struct irq_desc *desc = irq_to_desc(irq);

	return desc && desc->irq_data.chip ? desc : NULL;
}

static struct irqaction *new_action(irq_handler_t handler, unsigned long flags, const char *name,
				    void *dev_id)
{
	struct irqaction *action = kzalloc(sizeof(*action), GFP_KERNEL);

	if (!action)
		return NULL;
	action->handler = handler;
	action->flags = flags;
	action->name = name;
	action->dev_id = dev_id;
	return action;
}

/* Puts action last in the list, if those in it agree. Lock held. */
static int append_action(struct irq_desc *desc, struct irqaction *action)
{
	struct irqaction **link = &desc->action;

	if (*link && !((*link)->flags & action->flags & IRQF_SHARED))
		return -EBUSY;
	while (*link)
		link = &(*link)->next;
	*link = action;
	return 0;
}

/*
 * The first action also brings the line up: as many disables as there were before it are forgotten.
 */
static void startup_if_first(struct irq_desc *desc)
{
	if (desc->action->next)
		return;
	desc->depth = 0;
	desc->irq_count = 0;
	desc->irqs_unhandled = 0;
	desc->irq_data.chip->irq_unmask(&desc->irq_data);
}

int request_irq(unsigned int irq, irq_handler_t handler, unsigned long flags, const char *name,
		void *dev_id)
{
	struct irq_desc *desc = claimed_desc(irq);
	struct irqaction *action;
	unsigned long irqflags;
	int ret;

	if (!desc || !handler || desc->percpu || ((flags & IRQF_SHARED) && !dev_id))
		return -EINVAL;
	action = new_action(handler, flags, name, dev_id);
	if (!action)
		return -ENOMEM;
	spin_lock_irqsave(&desc->lock, irqflags);
	ret = append_action(desc, action);
	if (!ret)
		startup_if_first(desc);
	spin_unlock_irqrestore(&desc->lock, irqflags);
	if (ret)
		kfree(action);
	return ret;
}

/* Takes the action of dev_id out of the list; the last one out turns the line off. Lock held. */
static struct irqaction *unlink_action(struct irq_desc *desc, void *dev_id)
{
	struct irqaction **link = &desc->action;
	struct irqaction *action;

	while (*link && (*link)->dev_id != dev_id)
		link = &(*link)->next;
	action = *link;
	if (!action)
		return NULL;
	*link = action->next;
	if (!desc->action) {
		desc->depth = 1;
		desc->irq_data.chip->irq_mask(&desc->irq_data);
	}
	return action;
}

void free_irq(unsigned int irq, void *dev_id)
{
	struct irq_desc *desc = claimed_desc(irq);
	struct irqaction *action;
	unsigned long flags;

	if (WARN(!desc || desc->percpu, "free_irq of number %u, which cannot be requested", irq))
		return;
	spin_lock_irqsave(&desc->lock, flags);
	action = unlink_action(desc, dev_id);
	spin_unlock_irqrestore(&desc->lock, flags);
	if (WARN(!action, "free_irq of number %u, which this device has not requested", irq))
		return;
	synchronize_irq(irq);
	kfree(action);
}

int request_percpu_irq(unsigned int irq, irq_handler_t handler, const char *name, void *dev_id)
{
	struct irq_desc *desc = claimed_desc(irq);
	struct irqaction *action;
	unsigned long flags;
	int ret;

	if (!desc || !handler || !desc->percpu)
		return -EINVAL;
	action = new_action(handler, 0, name, dev_id);
	if (!action)
		return -ENOMEM;
	spin_lock_irqsave(&desc->lock, flags);
	ret = append_action(desc, action);
	spin_unlock_irqrestore(&desc->lock, flags);
	if (ret)
		kfree(action);
	return ret;
}

void enable_percpu_irq(unsigned int irq, unsigned int type)
{
	struct irq_desc *desc = claimed_desc(irq);
	unsigned long flags;

	if (WARN_ON(!desc || !desc->percpu))
		return;
	if (type)
		irq_set_irq_type(irq, type);
	spin_lock_irqsave(&desc->lock, flags);
	desc->irq_data.chip->irq_unmask(&desc->irq_data);
	spin_unlock_irqrestore(&desc->lock, flags);
}

void enable_irq(unsigned int irq)
{
	struct irq_desc *desc = claimed_desc(irq);
	unsigned long flags;

	if (WARN_ON(!desc || desc->percpu))
		return;
	spin_lock_irqsave(&desc->lock, flags);
	if (!WARN(!desc->depth, "unbalanced enable of irq %u", irq) && --desc->depth == 0)
		desc->irq_data.chip->irq_unmask(&desc->irq_data);
	spin_unlock_irqrestore(&desc->lock, flags);
}

void disable_irq_nosync(unsigned int irq)
{
	struct irq_desc *desc = claimed_desc(irq);
	unsigned long flags;

	if (WARN_ON(!desc || desc->percpu))
		return;
	spin_lock_irqsave(&desc->lock, flags);
	if (desc->depth++ == 0)
		desc->irq_data.chip->irq_mask(&desc->irq_data);
	spin_unlock_irqrestore(&desc->lock, flags);
}

void disable_irq(unsigned int irq)
{
	disable_irq_nosync(irq);
	synchronize_irq(irq);
}

void synchronize_irq(unsigned int irq)
{
	struct irq_desc *desc = claimed_desc(irq);
	unsigned long flags;
	bool running;

	if (!desc)
		return;
	do {
		spin_lock_irqsave(&desc->lock, flags);
		running = desc->in_progress;
		spin_unlock_irqrestore(&desc->lock, flags);
		cpu_relax();
	} while (running);
}

int irq_set_irq_type(unsigned int irq, unsigned int type)
{
	struct irq_desc *desc = claimed_desc(irq);
	unsigned long flags;
	int ret = 0;

	if (!desc)
		return -EINVAL;
	spin_lock_irqsave(&desc->lock, flags);
	if (desc->irq_data.chip->irq_set_type)
		ret = desc->irq_data.chip->irq_set_type(&desc->irq_data, type);
	if (!ret)
		desc->type = type;
	spin_unlock_irqrestore(&desc->lock, flags);
	return ret;
}
