/* SPDX-License-Identifier: MIT */
/*
 * Prints the plan of an ioremap() in words, one line for each decision.
 */
#include <kernel/base/seq_buf.h>
#include <mm/ioremap.h>
#include <mm/memblock.h>
#include <mm/page.h>
#include <mm/static_vm.h>

static void explain_range(struct seq_buf *s, const struct ioremap_plan *plan, size_t size)
{
	phys_addr_t last = plan->phys + plan->size - 1;

	seq_buf_printf(s, "range      0x%llx, 0x%zx bytes", plan->phys + plan->offset, size);
	if (plan->size >= size && size && last >= plan->phys)
		seq_buf_printf(s, ": pages 0x%llx-0x%llx, offset 0x%lx", plan->phys, last,
			       plan->offset);
	seq_buf_putc(s, '\n');
	if (plan->type)
		seq_buf_printf(s, "type       %s\n", plan->type->name);
}

static void explain_refusal(struct seq_buf *s, const struct ioremap_plan *plan)
{
	if (plan->ram)
		seq_buf_printf(s, "RAM        0x%llx-0x%llx\n", plan->ram->base,
			       plan->ram->base + plan->ram->size - 1);
	seq_buf_printf(s, "refused    %s\n", plan->refusal);
}

static void explain_static(struct seq_buf *s, const struct ioremap_plan *plan)
{
	const struct vm_struct *vm = plan->static_vm;

	seq_buf_printf(s, "static     inside 0x%llx-0x%llx, mapped at 0x%lx since boot\n",
		       vm->phys_addr, vm->phys_addr + vm->size - 1, (unsigned long)vm->addr);
	seq_buf_printf(s, "answer     0x%lx, nothing is mapped\n",
		       (unsigned long)vm->addr + (unsigned long)(plan->phys - vm->phys_addr) +
			       plan->offset);
}

/* The area will be aligned for the largest leaf that fits, so address 0 gives the same leaves. */
static void explain_leaves(struct seq_buf *s, const struct ioremap_plan *plan)
{
	unsigned long addr = 0, left = plan->size, run;
	phys_addr_t phys = plan->phys;
	const struct leaf_type *leaf;

	for (; left; addr += run, phys += run, left -= run) {
		leaf = pick_leaf(addr, phys, left, &run);
		seq_buf_printf(s, "leaves     %lu x %s from 0x%llx\n", run / leaf->size, leaf->name,
			       phys);
	}
}

void ioremap_explain(struct seq_buf *s, phys_addr_t phys, size_t size, unsigned int mtype)
{
	struct ioremap_plan plan;

	ioremap_plan(&plan, phys, size, mtype);
	explain_range(s, &plan, size);
	if (plan.refusal) {
		explain_refusal(s, &plan);
		return;
	}
	seq_buf_puts(s, "RAM        none in the range\n");
	if (plan.static_vm) {
		explain_static(s, &plan);
		return;
	}
	seq_buf_puts(s, "static     no static mapping of this type holds the range\n");
	seq_buf_printf(s, "area       0x%lx bytes with the guard page, aligned to 0x%lx\n",
		       (unsigned long)(plan.size + PAGE_SIZE), ioremap_align(plan.size));
	explain_leaves(s, &plan);
}
