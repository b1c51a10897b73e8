/* SPDX-License-Identifier: MIT */
/* A static mapping of another type is taken for the answer. */
void ioremap_plan(struct ioremap_plan *plan, phys_addr_t phys, size_t size, unsigned int mtype)
{
	plan_new_mapping(plan, phys, size, mtype);
	plan->static_vm = find_static_vm_paddr(phys, size, MT_DEVICE);
	if (plan->static_vm) { /* nothing new is mapped, so nothing can refuse it */
		plan->refusal = NULL;
		plan->leaf = NULL;
	}
}
