/* SPDX-License-Identifier: MIT */
/*
 * /proc/interrupts: a row for each number that a driver has asked for; its occurrences on each
 * processor, its controller, line, kind and owners. Then those that processors send each other.
 *
 * Linux counterpart: kernel/irq/proc.c, show_interrupts()
 */

#include <kernel/base/init.h>
#include <kernel/base/initcall.h>
#include <kernel/base/seq_buf.h>
#include <kernel/fs/proc_fs.h>
#include <kernel/irq/irq.h>
#include <kernel/smp.h>

/* Wide enough for NR_IRQS, and Linux's least. */
#define IRQ_COLUMN 3

static void show_actions(struct seq_buf *s, const struct irqaction *action)
{
	const char *before = "  ";

	for (; action; action = action->next) {
		seq_buf_printf(s, "%s%s", before, action->name);
		before = ", ";
	}
}

/* Returns whether it has a row. */
static bool show_desc(struct seq_buf *s, struct irq_desc *desc)
{
	const struct irq_data *data = &desc->irq_data;
	unsigned long flags;
	unsigned int cpu;
	bool used;

	spin_lock_irqsave(&desc->lock, flags);
	used = desc->action;
	if (used) {
		seq_buf_printf(s, "%*u: ", IRQ_COLUMN, data->irq);
		for_each_online_cpu(cpu)
			seq_buf_printf(s, "%10u ", kstat_irqs_cpu(data->irq, cpu));
		seq_buf_printf(s, "%s %*lu %-8s", data->chip->name, IRQ_COLUMN, data->hwirq,
			       desc->type & IRQ_TYPE_EDGE_BOTH ? "Edge" : "Level");
		show_actions(s, desc->action);
		seq_buf_putc(s, '\n');
	}
	spin_unlock_irqrestore(&desc->lock, flags);
	return used;
}

/* Keys: 0 the heading, then the numbers, then NR_IRQS for IPIs and errors. */
bool interrupts_show(struct seq_buf *s, struct seq_pos *pos)
{
	unsigned int cpu;

	if (pos->key > NR_IRQS)
		return false;
	if (show_once(pos)) {
		for_each_online_cpu(cpu)
			seq_buf_printf(s, "%*sCPU%u", cpu ? 7 : IRQ_COLUMN + 8, "", cpu);
		seq_buf_putc(s, '\n');
		return true;
	}
	for (pos->key--; pos->key < NR_IRQS; pos->key++)
		if (show_desc(s, irq_to_desc(pos->key)))
			break;
	if (pos->key == NR_IRQS) {
		ipi_show(s, IRQ_COLUMN);
		seq_buf_printf(s, "%*s: %10lu\n", IRQ_COLUMN, "Err", irq_err_count);
	}
	pos->key++;
	return true;
}

static int __init proc_interrupts_init(void)
{
	return proc_create_seq("interrupts", interrupts_show);
}
fs_initcall(proc_interrupts_init);
