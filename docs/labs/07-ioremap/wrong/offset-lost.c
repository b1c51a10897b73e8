/* SPDX-License-Identifier: MIT */
/* The pointer is that of the first page. */
static noinline void __iomem *map_device(phys_addr_t phys, size_t size, unsigned int mtype,
					 const void *caller)
{
	struct ioremap_plan plan;
	struct vm_struct *area;

	plan_new_mapping(&plan, phys, size, mtype);
	WARN(plan.ram, "ioremap: 0x%llx+0x%zx meets RAM 0x%llx-0x%llx; caller %pS", phys, size,
	     plan.ram->base, plan.ram->base + plan.ram->size - 1, caller);
	if (plan.refusal)
		return NULL;

	area = __get_vm_area_node(plan.size, 1, VM_IOREMAP | plan.leaf->vm_flags, VMALLOC_START,
				  VMALLOC_END, GFP_KERNEL, caller);
	if (!area)
		return NULL;
	area->phys_addr = plan.phys;
	if (map_area(area, &plan)) {
		free_vm_area(area); /* clears and flushes the part that was mapped, then frees */
		return NULL;
	}
	return (void __iomem *)(area->addr);
}
