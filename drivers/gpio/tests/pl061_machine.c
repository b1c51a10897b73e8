/* SPDX-License-Identifier: MIT */
/* A machine with one PL061 (pl061_machine.h), and what the driver's floor is built on. */
#include <drivers/gpio/tests/pl061_machine.h>
#include <drivers/gpio/tests/pl061_model.h>
#include <host.h>
#include <kernel/base/initcall.h>
#include <kernel/base/percpu.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/irq/irqdomain.h>
#include <kernel/lib/errno.h>
#include <kernel/lib/string.h>
#include <kernel/sched/mutex.h>
#include <mm/ioremap.h>
#include <mm/percpu.h>
#include <mm/slab.h>

#define LINE 7

struct machine_fault machine_fault;
int machine_mappings;

static struct device_node controller_node = { .full_name = "intc@8000000" };
static struct device_node chip_node = { .full_name = "pl061@9030000" };
static struct irq_domain *controller;

/* --- In the place of the kernel's --- */

unsigned long __per_cpu_offset[NR_CPUS];

void *__alloc_percpu(size_t size, size_t align)
{
	return kzalloc(size, GFP_KERNEL);
}

void free_percpu(void *ptr)
{
	kfree(ptr);
}

void mutex_lock(struct mutex *lock)
{
}

void mutex_unlock(struct mutex *lock)
{
}

int proc_create_single(const char *path, void (*show)(struct seq_buf *seq))
{
	return 0;
}

char machine_registers[PL061_SIZE];

void __iomem *ioremap(phys_addr_t phys, size_t size)
{
	if (machine_fault.no_registers || phys < PL061_PHYS ||
	    phys + size > PL061_PHYS + PL061_SIZE)
		return NULL;
	machine_mappings++;
	return (void __iomem *)(machine_registers + (phys - PL061_PHYS));
}

void iounmap(volatile void __iomem *addr)
{
	machine_mappings--;
}

const struct of_device_id *of_match_node(const struct of_device_id *matches,
					 const struct device_node *np)
{
	for (; matches && matches->compatible; matches++)
		if (!strcmp(matches->compatible, "arm,pl061"))
			return matches;
	return NULL;
}

int of_irq_get(const struct device_node *np, int index)
{
	if (machine_fault.no_interrupt || index)
		return -ENOENT;
	return machine_line();
}

struct gpio_chip *machine_chip;

static void forget_chip(void *unused)
{
	machine_chip = NULL;
}

int devm_gpiochip_add_data(struct device *dev, struct gpio_chip *gc, void *data)
{
	gc->data = data;
	machine_chip = gc;
	return devm_add_action_or_reset(dev, forget_chip, NULL);
}

/* --- The interrupt controller: each line is on --- */

static void ignore(struct irq_data *d)
{
}

static const struct irq_chip controller_chip = {
	.name = "controller",
	.irq_mask = ignore,
	.irq_unmask = ignore,
	.irq_eoi = ignore,
};

static int controller_map(struct irq_domain *d, unsigned int irq, unsigned long hwirq)
{
	irq_set_chip_and_handler(irq, &controller_chip, handle_fasteoi_irq);
	return 0;
}

static const struct irq_domain_ops controller_ops = { .map = controller_map };

unsigned int machine_line(void)
{
	if (!controller)
		controller =
			irq_domain_add_linear(&controller_node, LINE + 1, &controller_ops, NULL);
	return irq_create_mapping(controller, LINE);
}

unsigned int machine_line_handlers(void)
{
	const struct irqaction *action = irq_to_desc(machine_line())->action;
	unsigned int n = 0;

	for (; action; action = action->next)
		n++;
	return n;
}

unsigned int machine_unhandled(void)
{
	return irq_to_desc(machine_line())->irqs_unhandled;
}

void machine_fire(void)
{
	generic_handle_domain_irq(controller, LINE);
}

unsigned int machine_deliver(void)
{
	unsigned int n;

	for (n = 0; n < 100 && pl061_raised(); n++)
		machine_fire();
	return n;
}

/* --- The device --- */

extern const struct initcall __start_initcalls_4_device[], __stop_initcalls_4_device[];

static struct resource chip_resource;
struct platform_device machine_device;

static irqreturn_t others(int irq, void *dev_id)
{
	return IRQ_NONE;
}

static void register_driver(void)
{
	const struct initcall *call = __start_initcalls_4_device;
	static bool registered;

	for (; !registered && call < __stop_initcalls_4_device; call++)
		call->call();
	registered = true;
}

struct gpio_chip *machine_bind(void)
{
	register_driver();
	if (machine_fault.line_taken)
		request_irq(machine_line(), others, 0, "another", &machine_fault);
	memset(&machine_device, 0, sizeof(machine_device));
	chip_resource = (struct resource){
		.start = PL061_PHYS,
		.end = PL061_PHYS + PL061_SIZE - 1,
		.name = chip_node.full_name,
		.flags = IORESOURCE_MEM,
	};
	machine_device.dev.of_node = &chip_node;
	machine_device.dev.init_name = "9030000.pl061";
	machine_device.resource = &chip_resource;
	machine_device.num_resources = 1;
	platform_device_register(&machine_device);
	if (machine_fault.line_taken)
		free_irq(machine_line(), &machine_fault);
	return machine_chip;
}

void machine_unbind(void)
{
	platform_device_unregister(&machine_device);
}
