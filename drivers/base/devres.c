/* SPDX-License-Identifier: MIT */
/*
 * What a driver holds, as a list of things to do when it lets go.
 *
 * There is one kind of entry, a function with its argument. Memory, interrupts and mappings are all
 * given back by adding such an entry when they are taken. Entries run newest first, so that nothing
 * is taken away from under what was built on it.
 *
 * Linux counterpart: drivers/base/devres.c (there each kind of resource is a type of its own)
 */

#include <drivers/base/device.h>
#include <kernel/lib/errno.h>
#include <mm/slab.h>

struct devres {
	struct list_head list;
	void (*action)(void *data);
	void *data;
};

int devm_add_action(struct device *dev, void (*action)(void *), void *data)
{
	struct devres *res = kmalloc(sizeof(*res), GFP_KERNEL);
	unsigned long flags;

	if (!res)
		return -ENOMEM;
	res->action = action;
	res->data = data;
	spin_lock_irqsave(&dev->devres_lock, flags);
	list_add_tail(&res->list, &dev->devres_head);
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	return 0;
}

int devm_add_action_or_reset(struct device *dev, void (*action)(void *), void *data)
{
	int ret = devm_add_action(dev, action, data);

	if (ret)
		action(data);
	return ret;
}

/* Unlinks the newest entry of this pair, or of any when action is NULL. */
static struct devres *take_newest(struct device *dev, void (*action)(void *), void *data)
{
	struct devres *res, *found = NULL;
	unsigned long flags;

	spin_lock_irqsave(&dev->devres_lock, flags);
	list_for_each_entry_reverse(res, &dev->devres_head, list) {
		if (action && (res->action != action || res->data != data))
			continue;
		found = res;
		list_del(&res->list);
		break;
	}
	spin_unlock_irqrestore(&dev->devres_lock, flags);
	return found;
}

int devm_remove_action(struct device *dev, void (*action)(void *), void *data)
{
	struct devres *res = take_newest(dev, action, data);

	if (!res)
		return -ENOENT;
	kfree(res);
	return 0;
}

void devres_release_all(struct device *dev)
{
	struct devres *res;

	while ((res = take_newest(dev, NULL, NULL))) {
		res->action(res->data);
		kfree(res);
	}
}

static void free_memory(void *data)
{
	kfree(data);
}

void *devm_kzalloc(struct device *dev, size_t size, gfp_t gfp)
{
	void *memory = kzalloc(size, gfp);

	if (!memory || devm_add_action_or_reset(dev, free_memory, memory))
		return NULL;
	return memory;
}

struct irq_devres {
	unsigned int irq;
	void *dev_id;
};

static void release_irq(void *data)
{
	struct irq_devres *res = data;

	free_irq(res->irq, res->dev_id);
}

int devm_request_irq(struct device *dev, unsigned int irq, irq_handler_t handler,
		     unsigned long flags, const char *name, void *dev_id)
{
	struct irq_devres *res = devm_kzalloc(dev, sizeof(*res), GFP_KERNEL);
	int ret;

	if (!res)
		return -ENOMEM;
	res->irq = irq;
	res->dev_id = dev_id;
	ret = request_irq(irq, handler, flags, name ? name : dev_name(dev), dev_id);
	if (ret)
		return ret;
	return devm_add_action_or_reset(dev, release_irq, res);
}
